import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  checkSettings,
  type OwnPrompt,
  type OwnSettings,
} from '../../../src/analyses/reproduction/paper-settings.ts';
import { readPaperFigures } from '../../../src/analyses/reproduction/read.ts';
import type { Decoding } from '../../../src/domain/model-spec.ts';

const { settings, tables } = readPaperFigures();
const [table3] = tables;
const PAPER_DECODING = { temperature: 0.7, top_p: 1, max_tokens: 1024 };
const CULTURES = ['Chinese', 'Arab', 'Japanese'];

const spec = (name: string, model: string, decoding: Decoding = PAPER_DECODING) => ({
  name,
  variant: null,
  model,
  api: 'chat' as const,
  decoding,
});

const sumOf = (file: string) => settings.rubrics[file] ?? '';

/** Category → released file. */
function rubrics(norms: string, literacy: string): OwnSettings['rubrics'] {
  const files = {
    'Cultural entities': 'entities_opinion.txt',
    Opinion: 'entities_opinion.txt',
    'Social norms': norms,
    'Cultural commonsense': norms,
    Literacy: literacy,
  };
  return Object.entries(files).map(([category, file]) => ({
    category,
    name: file,
    releasedSum: sumOf(file),
  }));
}

/** A run that does everything as the paper does, as far as it says. */
const AS_THE_PAPER: OwnSettings = {
  judge: spec('GPT-4o', 'gpt-4o', { temperature: 0 }),
  judgeServed: ['gpt-4o-2024-08-06'],
  simulated: null,
  models: [spec('Qwen2.5-7B', 'Qwen/Qwen2.5-7B-Instruct')],
  rubrics: rubrics('literacy.txt', 'norms_commonsense.txt'),
  styles: [{ name: 'zero-shot', system: null, user: '{{question}}', wordsSum: 'z' }],
  questions: new Map(
    CULTURES.map((culture) => [
      culture,
      { n: 150, sha256: settings.questions.sha256[culture] ?? '' },
    ]),
  ),
  trials: { responses: 1, judgments: 1 },
  parserVersion: 1,
};

function states(own: Partial<OwnSettings>) {
  if (!table3) throw new Error('no table');
  const checks = checkSettings(settings, table3, { ...AS_THE_PAPER, ...own });
  return {
    of: (setting: string) => checks.find((check) => check.setting === setting),
    differing: checks.filter(({ state }) => state === 'differs').map(({ setting }) => setting),
  };
}

test('what is known to be the same is said to be the same, and what is not known is not', () => {
  const { of, differing } = states({});
  expect(differing).toEqual([]);
  for (const setting of ['Rubrics', 'Questions', 'Decoding'])
    expect(of(setting)?.state, setting).toBe('same');
  for (const setting of ['Judge model', 'Judge decoding', 'Checkpoints', 'Reading of ratings'])
    expect(of(setting)?.state, setting).toBe('unknown');
});

test('the judge of the paper is said to be out of service, whichever judge was asked', () => {
  for (const served of ['gpt-4o-2024-11-20', 'gpt-5', 'gpt-4o-mini-2024-07-18']) {
    const check = states({ judgeServed: [served] }).of('Judge model');
    expect(check?.note).toContain(
      'Azure OpenAI has taken the versions of GPT-4o out of service (2026-10-01 by its schedule)',
    );
    expect(check?.state, served).toBe(served === 'gpt-4o-2024-11-20' ? 'unknown' : 'differs');
  }
});

test('the swapped rubrics are the same texts by file name, and mixed ones differ', () => {
  const swapped = states({ rubrics: rubrics('norms_commonsense.txt', 'literacy.txt') });
  expect(swapped.of('Rubrics')).toMatchObject({
    state: 'same',
    ours: 'the same texts, by file name',
  });
  const mixed = states({ rubrics: rubrics('literacy.txt', 'literacy.txt') });
  expect(mixed.of('Rubrics')).toMatchObject({ state: 'differs', ours: 'Literacy: literacy.txt' });
  const other = states({
    rubrics: [{ category: 'Opinion', name: 'mine', releasedSum: '0'.repeat(64) }],
  });
  expect(other.of('Rubrics')).toMatchObject({
    state: 'differs',
    ours: 'Opinion: mine, another text',
  });
});

test('questions that are fewer or changed differ, and cultures left out do not', () => {
  const [chinese] = [...AS_THE_PAPER.questions];
  if (!chinese) throw new Error('no culture');
  const less = new Map([[chinese[0], { n: 149, sha256: 'f'.repeat(64) }]]);
  expect(states({ questions: less }).of('Questions')).toMatchObject({
    state: 'differs',
    ours: 'Chinese: 149; Arab: none; Japanese: none',
  });
  expect(states({ questions: new Map([chinese]) }).of('Questions')).toMatchObject({
    state: 'same',
    ours: 'Chinese: 150, the test set; Arab: none; Japanese: none',
  });
});

test('decoding is compared parameter by parameter, by its newer name too', () => {
  const asked = (decoding: Decoding) => states({ models: [spec('A', 'a', decoding)] });
  const renamed = { temperature: 0.7, top_p: 1, max_completion_tokens: 1024 };
  expect(asked(renamed).of('Decoding')?.state).toBe('same');
  expect(asked({ ...PAPER_DECODING, max_tokens: 256 }).of('Decoding')?.state).toBe('differs');
  expect(asked({ temperature: 0.7 }).of('Decoding')?.state).toBe('differs');
});

test('a simulated run differs in what was asked', () => {
  expect(states({ simulated: 'A rehearsal.' }).differing).toEqual(['Endpoints', 'Judge model']);
});

/** A bundled file as a run's definition holds it. */
function prompt(name: string): OwnPrompt {
  const user = readFileSync(
    new URL(`../../../configs/paper/prompts/${name}.hbs`, import.meta.url),
    'utf8',
  );
  const words = user.trim().replace(/\s+/g, ' ');
  const wordsSum = createHash('sha256').update(words).digest('hex');
  return { name, system: null, user: user.trim(), wordsSum };
}

test.each(['role-play', 'chain-of-thought'])(
  'the %s prompt of the paper is the same, with every line end shown',
  (name) => {
    const { of } = states({ styles: [prompt(name)] });
    expect(of(`Prompt, ${name}`)).toMatchObject({
      state: 'same',
      paper: expect.stringMatching(/^Figure [78], one user message$/),
    });
    expect(of(`Prompt, ${name}`)?.ours).toContain('\\n\\n{{question}}');
  },
);

test('a prompt with a system message differs, and both messages are shown', () => {
  const { of, differing } = states({
    styles: [
      {
        name: 'role-play',
        system: 'Answer as someone from {{culture}}.',
        user: '{{question}}',
        wordsSum: 'x',
      },
    ],
  });
  expect(differing).toEqual(['Prompt, role-play']);
  expect(of('Prompt, role-play')?.ours).toBe(
    'system message "Answer as someone from {{culture}}.", user message "{{question}}"',
  );
  // The words of the figure do not make up for a system message beside them.
  expect(states({ styles: [{ ...prompt('role-play'), system: 'Be kind.' }] }).differing).toEqual([
    'Prompt, role-play',
  ]);
});
