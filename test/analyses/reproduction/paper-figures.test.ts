import { expect, test } from 'vitest';
import {
  type PaperTable,
  unfollowedAverage,
} from '../../../src/analyses/reproduction/paper-figures.ts';
import { rowLabel } from '../../../src/analyses/reproduction/paper-rows.ts';
import { readPaperFigures } from '../../../src/analyses/reproduction/read.ts';

const figures = readPaperFigures();

function table(id: string): PaperTable {
  const found = figures.tables.find((entry) => entry.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

/** A printed figure by row, culture and category or scope. */
function printed(id: string, label: string, culture: string, part?: string): number | null {
  const { rows, columns } = table(id);
  const row = rows.find((entry) => rowLabel(table(id), entry) === label);
  const place = columns.findIndex(
    (column) => column.culture === culture && (column.category ?? column.scope) === part,
  );
  return row?.values[place] ?? null;
}

test('the data hold what the paper prints', () => {
  // Read off the paper: one figure from each corner of each table.
  expect(printed('table3', 'Gemma2-9B Vanilla', 'Chinese', 'Cultural entities')).toBe(4.89);
  expect(printed('table3', 'Mistral-7B Aligned', 'Japanese')).toBe(2.35);
  expect(printed('table4', 'Gemma2-9B Vanilla', 'Arab')).toBe(5.331);
  expect(printed('table4', 'Qwen2.5-7B Vanilla role-play', 'Chinese')).toBe(7.939);
  expect(printed('table4', 'Mistral-7B DPO (w/ CARE) role-play', 'Japanese')).toBe(2.167);
  expect(printed('table5', 'Search Engine', 'Arab', 'Literacy')).toBe(7.19);
  expect(printed('table5', 'GPT-4o', 'Japanese')).toBe(8.27);
  expect(printed('table11', 'Gemma2-27B', 'Japanese', 'Sub-nationwide')).toBe(2.5);
  expect(printed('table11', 'GPT-4o', 'Arab', 'Worldwide')).toBe(8.92);
  expect(printed('table12', 'Swallow-8B Aligned', 'Japanese', 'Literacy')).toBe(5.4);
  expect(printed('table13', 'Qwen2.5-7B KTO', 'Arab', 'Cultural entities')).toBe(-0.81);
  expect(table('table5').given[0]?.values).toHaveLength(18);
});

test('the data hold figures, names and a citation, and no sentence but remarks of our own', () => {
  const texts: string[] = [];
  JSON.stringify(figures, (key, value: unknown) => {
    if (typeof value === 'string' && key !== 'remark' && key !== 'note') texts.push(value);
    return value;
  });
  const long = texts.filter((text) => text.length > 60 && !/^[0-9a-f]{64}$/.test(text));
  expect(long).toEqual([
    'CARE: Assessing the Impact of Multilingual Human Preference Learning on Cultural Awareness',
  ]);
});

test('a printed average is marked where it cannot be the mean of its categories', () => {
  const marked = table('table3').rows.flatMap((row) =>
    table('table3').columns.flatMap(({ culture }, column) => {
      const mean = unfollowedAverage(table('table3'), row, column);
      return mean === null ? [] : [[rowLabel(table('table3'), row), culture, mean.toFixed(3)]];
    }),
  );
  expect(marked).toEqual([
    // (4.89 + 8.46 + 7.55 + 6.67 + 4.72) / 5 = 6.458, printed 6.49; and so on.
    ['Gemma2-9B Vanilla', 'Chinese', '6.458'],
    ['Gemma2-9B Vanilla', 'Arab', '5.300'],
    ['Llama3.1-8B Vanilla', 'Arab', '3.142'],
    ['Qwen2.5-7B Vanilla', 'Arab', '4.730'],
    ['Qwen2.5-7B Aligned', 'Arab', '5.036'],
  ]);
});

test('printing explains an average that is two units of the last place off, and no more', () => {
  const columns = [
    { culture: 'Arab', category: 'Opinion', n: 30 },
    { culture: 'Arab', category: 'Literacy', n: 30 },
    { culture: 'Arab', n: 60 },
  ];
  const check = (values: (number | null)[], column = 2) =>
    unfollowedAverage({ columns, decimals: 2 }, { values }, column);
  expect(check([2, 3, 2.52])).toBeNull();
  expect(check([2, 3, 2.53])).toBe(2.5);
  expect(check([2, 3, 2.48])).toBeNull();
  expect(check([2, 3, 2.47])).toBe(2.5);
  // A category that is not printed leaves nothing to check, and a category is no average.
  expect(check([null, 3, 9])).toBeNull();
  expect(check([2, 3, 2.53], 0)).toBeNull();
});
