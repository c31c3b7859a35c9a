import { expect, test } from 'vitest';
import { visibleWidth } from '../../src/render/text/align.ts';
import { packColumns } from '../../src/render/text/blocks.ts';
import { renderText, renderTexts } from '../../src/render/text/text.ts';
import { cut, wrapWords } from '../../src/render/text/wrap.ts';
import { byCulture } from '../../src/report/tables/rating-tables.ts';
import { reportTables } from '../../src/report/tables.ts';
import { handMadeSummary } from './hand-made.ts';
import { twelveModels } from './large-run.ts';

const LARGE = twelveModels().summary;

test.each([80, 120])('no line is wider than a terminal of %i columns', (width) => {
  for (const summary of [LARGE, handMadeSummary()]) {
    const wide = renderTexts(reportTables(summary), { width })
      .split('\n')
      .filter((line) => visibleWidth(line) > width);
    expect(wide).toEqual([]);
  }
});

test('figures line up whatever script a name is in', () => {
  const lines = renderText(byCulture(LARGE), { width: 200 }).split('\n');
  const points = lines
    .filter((line) => /(?:Gemma|通义|نموذج|日本)/u.test(line))
    .map((line) => visibleWidth(line.slice(0, line.lastIndexOf('.'))));
  expect(points).toHaveLength(8);
  expect(new Set(points).size).toBe(1);
});

test('a row takes two lines at most', () => {
  const table = byCulture(LARGE);
  const lines = renderText(table, { width: 200 }).split('\n');
  const first = lines.findIndex((line) => line.startsWith('─')) + 1;
  expect(lines.indexOf('', first) - first).toBe(2 * table.rows.length);
});

test('a long name loses its middle, between whole characters', () => {
  expect(cut('DeepSeek-R1-Instruct-AWQ', 12)).toBe('DeepSe…t-AWQ');
  expect(cut('通义千问大模型', 8)).toBe('通义…型');
  expect(cut('short', 12)).toBe('short');
});

test('words are wrapped between, never inside', () => {
  expect(wrapWords('Cultural commonsense', 9)).toEqual(['Cultural', 'commonsense']);
  expect(wrapWords('a b c', 3)).toEqual(['a b', 'c']);
});

test('groups stay whole where they fit, and one that does not is split evenly', () => {
  const group = (name: string, count: number) =>
    Array.from({ length: count }, () => ({ group: name, width: 10 }));
  const blocks = packColumns([...group('a', 2), ...group('b', 2), ...group('c', 4)], {
    width: 34,
    gap: 2,
  });
  expect(blocks.map((block) => block.map((column) => column.group).join(''))).toEqual([
    'aa',
    'bb',
    'cc',
    'cc',
  ]);
});
