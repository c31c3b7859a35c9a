import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintTemplate } from '../../src/prompts/lint.ts';
import { compileTemplate } from '../../src/prompts/template.ts';
import { parseVerdict } from '../../src/scorers/judge/verdict.ts';

const prompts = new URL('../../prompts/', import.meta.url);

function read(file: string) {
  return { file, text: readFileSync(new URL(file, prompts), 'utf8') };
}

const rubrics = readdirSync(new URL('judge/', prompts))
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => `judge/${name}`);

test('the styles and rubrics of the paper are there', () => {
  expect(rubrics.toSorted()).toEqual([
    'judge/entities-opinion.hbs',
    'judge/literacy.hbs',
    'judge/norms-commonsense.hbs',
  ]);
  expect(readdirSync(new URL('respond/', prompts)).toSorted()).toEqual([
    'chain-of-thought.hbs',
    'chain-of-thought.system.hbs',
    'role-play.hbs',
    'role-play.system.hbs',
    'zero-shot.hbs',
  ]);
});

test.each([
  ['respond', 'respond/zero-shot.hbs'],
  ['respond', 'respond/chain-of-thought.hbs'],
  ['respond-system', 'respond/chain-of-thought.system.hbs'],
  ['respond', 'respond/role-play.hbs'],
  ['respond-system', 'respond/role-play.system.hbs'],
] as const)('%s template %s has no problem and ends in one line end', (kind, file) => {
  const source = read(file);
  expect(lintTemplate(kind, source)).toEqual([]);
  expect(source.text).toMatch(/[^\s]\n$/);
});

test('zero-shot sends the question alone', () => {
  const zeroShot = compileTemplate(read('respond/zero-shot.hbs'));
  expect(zeroShot.render({ question: ' 何？\n' })).toBe(' 何？\n');
});

describe.each(rubrics)('rubric %s', (file) => {
  const source = read(file);
  const values = {
    question: 'QUESTION?',
    reference: 'REFERENCE.',
    response: 'RESPONSE.',
    fence: 'c0de',
  };

  test('has no problem', () => {
    expect(lintTemplate('judge', source)).toEqual([]);
  });

  test('shows no rating that an echoing judge would leave behind', () => {
    expect(parseVerdict(compileTemplate(source).render(values)).verdict).toEqual({
      status: 'unparsed',
      cause: 'no-rating',
    });
  });

  test('asks for commentary, then the rating on the last line, on a scale of five bands', () => {
    const commentary = source.text.indexOf('commentary');
    expect(commentary).toBeGreaterThan(0);
    expect(source.text.indexOf('\nRating: [[number]]\n')).toBeGreaterThan(commentary);
    expect(source.text.match(/^- \d+–\d+/gm)).toEqual([
      '- 1–2',
      '- 3–4',
      '- 5–6',
      '- 7–8',
      '- 9–10',
    ]);
  });

  test('fences the answer in, with the rules before it and a reminder of the last line behind it', () => {
    expect(compileTemplate(source).render(values)).toMatch(
      /\n### Question\nQUESTION\?\n\n### Reference\nREFERENCE\.\n\n### Answer \(code c0de\)\n<<<<< BEGIN ANSWER c0de >>>>>\nRESPONSE\.\n<<<<< END ANSWER c0de >>>>>\n\nNow write your commentary in English, and then the verdict line with the rating in digits\.$/,
    );
    expect(source.text.slice(0, source.text.indexOf('### Question'))).not.toContain('{{');
  });
});
