import { expect, test } from 'vitest';
import type { AnswerLanguages } from '../../src/analyses/summary/schema.ts';
import { renderCsv } from '../../src/render/csv.ts';
import { renderLatex } from '../../src/render/latex.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderText } from '../../src/render/text/text.ts';
import { answerLanguageTable } from '../../src/report/tables/answer-language-table.ts';
import { handMadeSummary } from './hand-made.ts';

function languages(parts: Partial<AnswerLanguages>): AnswerLanguages {
  return {
    model: 'A',
    variant: null,
    culture: 'East',
    answers: 8,
    asAsked: 6,
    other: 2,
    unclear: 0,
    unchecked: 0,
    share: { value: 0.25, low: 0.072, high: 0.591, n: 8, missing: 0, method: 'Wilson' },
    detected: [{ language: 'en', answers: 2 }],
    ...parts,
  };
}

const nothing = languages({
  culture: 'West',
  asAsked: 0,
  other: 0,
  unclear: 3,
  unchecked: 5,
  share: { value: null, low: null, high: null, n: 0, missing: 8, method: 'Wilson' },
  detected: [],
});

function table(...rows: AnswerLanguages[]) {
  return answerLanguageTable({ ...handMadeSummary(), answerLanguages: rows });
}

function shown(...rows: AnswerLanguages[]) {
  const made = table(...rows);
  if (made === null) throw new Error('there is no table');
  return made;
}

test('there is no table where no answer is in another language, or nobody has looked', () => {
  expect(table(nothing, languages({ asAsked: 8, other: 0, detected: [] }))).toBeNull();
  expect(answerLanguageTable(handMadeSummary())).toBeNull();
});

test('shares are percents for readers, plain numbers for programs and a dash where nothing could be told', () => {
  const made = shown(languages({}), nothing);
  expect(renderMarkdown(made)).toContain(
    '| A | East | 8 | 6 | 2 | 0 | 0 | 25.0 % | 7.2 % | 59.1 % |',
  );
  expect(renderMarkdown(made)).toContain('| A | West | 8 | 0 | 0 | 3 | 5 | – | – | – |');
  expect(renderCsv(made, { bom: false }).split('\n').slice(1, 3)).toEqual([
    'A,East,8,6,2,0,0,0.25,0.072,0.591',
    'A,West,8,0,0,3,5,,,',
  ]);
  expect(renderLatex(made)).toContain(String.raw`25.0 \% & 7.2 \% & 59.1 \%`);
  expect(renderText(made)).toContain('25.0 %');
});

test('the note names what was found, commonest first, and what was not looked at', () => {
  const one = languages({ detected: [{ language: 'und-Hani', answers: 1 }] });
  expect(shown(one, languages({ model: 'B' })).note).toContain(
    'Found: en 2, und-Hani 1 (und-: a script alone).',
  );
  expect(shown(languages({})).note).not.toMatch(/rejudge|und-/);
  expect(shown(languages({}), nothing).note).toContain('care-judge rejudge --reparse');
});
