import { expect, test } from 'vitest';
import {
  matchRows,
  modelWord,
  paperCulture,
  type RowAssignment,
  rowLabel,
  trainingOf,
} from '../../../src/analyses/reproduction/paper-rows.ts';
import { readPaperFigures } from '../../../src/analyses/reproduction/read.ts';
import { OperatorError } from '../../../src/domain/errors.ts';

const series = (model: string, variant: string | null = null, style = 'zero-shot') => ({
  names: { model, variant, style, judge: 'J' },
});

/** Rows of a table that a series is found for, as `row: series`. */
function found(
  id: string,
  own: readonly ReturnType<typeof series>[],
  assignments: readonly RowAssignment[] = [],
): string[] {
  const table = readPaperFigures().tables.find((entry) => entry.id === id);
  if (!table) throw new Error(`no ${id}`);
  const match = matchRows(table, own, assignments);
  const cultures = [...new Set(table.columns.map(({ culture }) => culture))];
  return table.rows.flatMap((row) =>
    cultures.flatMap((culture) => {
      const names = match(row, culture)?.names;
      if (!names) return [];
      return [
        `${rowLabel(table, row)}, ${culture}: ${names.model}/${names.variant}@${names.style}`,
      ];
    }),
  );
}

test('checkpoint names are the paper’s but for what they add', () => {
  for (const [ours, theirs] of [
    ['google/gemma-2-9b-it', 'Gemma2-9B'],
    ['meta-llama/Meta-Llama-3.1-8B-Instruct', 'Llama3.1-8B'],
    ['Qwen/Qwen2.5-7B-Instruct', 'Qwen2.5-7B'],
    ['mistralai/Mistral-7B-Instruct-v0.3', 'Mistral-7B'],
    ['gpt-4o', 'GPT-4o'],
    ['DeepSeek-V3', 'Deepseek-v3'],
    ['search engine', 'Search Engine'],
  ] as const) {
    expect(modelWord(ours), ours).toBe(modelWord(theirs));
  }
  expect(modelWord('Qwen2.5-72B')).not.toBe(modelWord('Qwen2.5-7B'));
  expect(modelWord('gpt-4o-mini')).not.toBe(modelWord('GPT-4o'));
});

test('variants are read as training and culture', () => {
  expect(trainingOf(null)).toEqual({ training: 'vanilla', culture: null });
  expect(trainingOf('Aligned (Arabic)')).toEqual({ training: 'dpocare', culture: 'Arab' });
  for (const variant of ['Aligned', 'DPO', 'DPO (w/ CARE)', 'dpo-care'])
    expect(trainingOf(variant).training).toBe('dpocare');
  expect(trainingOf('DPO (w/ OpenOrca)').training).toBe('dpoopenorca');
  expect(trainingOf('KTO').training).toBe(trainingOf('KTO (w/ CARE)').training);
  expect(paperCulture('Arabic')).toBe('Arab');
  expect(paperCulture('Korean')).toBe('Korean');
});

test('series are found by model, variant and style', () => {
  const own = [
    series('Qwen2.5-7B-Instruct'),
    series('Qwen2.5-7B', 'Aligned'),
    series('Qwen2.5-7B', 'Aligned', 'role-play'),
    series('somebody-else'),
  ];
  expect(found('table3', own).filter((line) => line.includes('Chinese'))).toEqual([
    'Qwen2.5-7B Vanilla, Chinese: Qwen2.5-7B-Instruct/null@zero-shot',
    'Qwen2.5-7B Aligned, Chinese: Qwen2.5-7B/Aligned@zero-shot',
  ]);
  expect(found('table4', own).filter((line) => line.includes('Arab'))).toEqual([
    'Qwen2.5-7B Vanilla, Arab: Qwen2.5-7B-Instruct/null@zero-shot',
    'Qwen2.5-7B DPO (w/ CARE), Arab: Qwen2.5-7B/Aligned@zero-shot',
    'Qwen2.5-7B DPO (w/ CARE) role-play, Arab: Qwen2.5-7B/Aligned@role-play',
  ]);
});

test('a checkpoint of one culture stands for that culture’s columns alone', () => {
  const own = [series('Qwen2.5-7B', 'Aligned (zh)'), series('Qwen2.5-7B', 'Aligned (ar)')];
  expect(found('table3', own)).toEqual([
    'Qwen2.5-7B Aligned, Chinese: Qwen2.5-7B/Aligned (zh)@zero-shot',
    'Qwen2.5-7B Aligned, Arab: Qwen2.5-7B/Aligned (ar)@zero-shot',
  ]);
});

test('--as wins over names, and is told from a row that is not there', () => {
  const own = [series('mine', 'v2'), series('Qwen2.5-7B', 'Aligned')];
  expect(
    found('table3', own, [{ ours: 'mine/v2', row: 'qwen2.5-7b aligned' }]).filter((line) =>
      line.includes('Japanese'),
    ),
  ).toEqual(['Qwen2.5-7B Aligned, Japanese: mine/v2@zero-shot']);
  expect(() => found('table3', own, [{ ours: 'mine/v2', row: 'Qwen2.5-7B Alinged' }])).toThrow(
    new OperatorError(
      '--as: Table 3 has no row "Qwen2.5-7B Alinged"; did you mean "Qwen2.5-7B Aligned"?',
    ),
  );
  expect(() => found('table3', own, [{ ours: 'other', row: 'Qwen2.5-7B Aligned' }])).toThrow(
    new OperatorError('--as: the run has no model "other"; it has: mine/v2, Qwen2.5-7B/Aligned'),
  );
});

test('two series that fit one row are an error that names both', () => {
  const own = [series('Qwen2.5-7B'), series('Qwen2.5-7B', 'Vanilla')];
  expect(() => found('table3', own)).toThrow(
    "several series fit the row Qwen2.5-7B Vanilla: Qwen2.5-7B, Qwen2.5-7B/Vanilla. Say which with --as 'OURS=Qwen2.5-7B Vanilla'.",
  );
});
