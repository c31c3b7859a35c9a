import { ABSENT, twoDecimals } from '../../../render/number-text.ts';
import type { Table } from '../../../render/table.ts';
import { textTable } from '../../../render/text-table.ts';
import type { Detectable, FiveNumbers, Lengths } from '../schema.ts';

/** Minimum, quartiles and maximum of characters and words. */
export function lengthTable(lengths: readonly Lengths[]): Table {
  const names = ['min', 'Q1', 'median', 'Q3', 'max'];
  const { columns, ...rest } = textTable({
    name: 'lengths',
    labels: 2,
    headings: ['Language', 'Text', 'n', ...names, ...names],
    groups: [
      {
        name: null,
        rows: lengths.map(({ language, text, n, characters, words }) => [
          language,
          text,
          String(n),
          ...five(characters),
          ...five(words),
        ]),
      },
    ],
  });
  const groups = [null, ...names.map(() => 'Characters'), ...names.map(() => 'Words')];
  return {
    ...rest,
    title: 'Lengths of questions and references',
    columns: columns.map((column, at) => ({ ...column, group: groups[at] ?? null })),
  };
}

function five({ min, lower, median, upper, max }: FiveNumbers): string[] {
  return [min, lower, median, upper, max].map((value) => String(Math.round(10 * value) / 10));
}

/** Half-widths and detectable differences of all, of cultures and categories, and of cells. */
export function designTable(design: readonly Detectable[]): Table {
  const rows = (part: readonly Detectable[]) =>
    part.map(({ culture, category, n, halfWidth, detectable }) => [
      [culture, category].filter((name) => name !== null).join(' · ') || 'All questions',
      String(n),
      halfWidth === null ? ABSENT : twoDecimals(halfWidth),
      detectable === null ? ABSENT : twoDecimals(detectable),
    ]);
  const isCell = ({ culture, category }: Detectable) => culture !== null && category !== null;
  return textTable({
    name: 'design',
    title: 'Half-widths and detectable differences, in points',
    labels: 1,
    headings: ['Questions', 'n', 'Mean ±', 'Detects'],
    groups: [
      { name: null, rows: rows(design.filter((row) => !isCell(row))) },
      { name: 'Culture × category', rows: rows(design.filter(isCell)) },
    ],
  });
}
