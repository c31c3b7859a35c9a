import { expect, test } from 'vitest';
import { cellInterval, cellValue } from '../../src/render/cell-text.ts';
import { isFigure } from '../../src/render/table.ts';
import { coverageTable } from '../../src/report/tables/coverage-table.ts';
import { differenceTable } from '../../src/report/tables/difference-table.ts';
import { missingBoundsTable } from '../../src/report/tables/missing-bounds-table.ts';
import {
  byCulture,
  cultureByCategory,
  scopeByCulture,
  styleByCulture,
} from '../../src/report/tables/rating-tables.ts';
import { scopeContrastTable } from '../../src/report/tables/scope-contrast-table.ts';
import { reportTables } from '../../src/report/tables.ts';
import { differences } from '../../src/report/words/differences.ts';
import { generatedRun } from './generated.ts';
import { estimate, handMadeSummary } from './hand-made.ts';
import { TUNED_MODELS, TWELVE_MODELS } from './large-run.ts';

test('the main table has every culture’s categories and then its average', () => {
  const { labels, columns, rows } = cultureByCategory(handMadeSummary());
  expect(labels).toEqual(['Model', 'Variant', 'Prompting']);
  expect(columns.map(({ group, heading }) => `${group}: ${heading}`)).toEqual([
    'Chinese: Opinion',
    'Chinese: Literacy',
    'Chinese: Average',
    'Arab: Opinion',
    'Arab: Literacy',
    'Arab: Average',
  ]);
  expect(columns.map(({ average }) => average)).toEqual([false, false, true, false, false, true]);
  expect(rows.map((row) => row.labels)).toEqual([
    ['Qwen_7B & 50%', 'Vanilla', 'zero-shot'],
    ['Qwen_7B & 50%', 'Aligned', 'zero-shot'],
    ['نموذج العربية', '', 'zero-shot'],
    ['Qwen_7B & 50%', 'Vanilla', 'role-play'],
  ]);
});

test('models are compared under the same prompting style and judge only', () => {
  const { summary } = generatedRun({
    models: TWELVE_MODELS.slice(0, 2),
    styles: ['zero-shot', 'role-play'],
    judges: ['A', 'B'],
    missing: 0,
    perCell: 20,
  });
  // Of Gemma2-9B and Llama3.1-8B the second is far better by construction: best in each of the four.
  const marks = byCulture(summary).rows.map(({ cells: [first = null] }) =>
    isFigure(first) ? first.mark : null,
  );
  expect(marks).toEqual([null, null, null, null, 'best', 'best', 'best', 'best']);
});

test('the style table compares one model’s styles and variants, not models', () => {
  const { columns, rows } = styleByCulture(handMadeSummary());
  expect([...new Set(columns.map(({ group }) => group))]).toEqual([
    'Qwen_7B & 50%',
    'نموذج العربية',
  ]);
  const marks = rows.map(({ cells }) => cells.map((cell) => (isFigure(cell) ? cell.mark : null)));
  expect(marks).toEqual([
    [null, null, null, null, null, null],
    ['best', 'best', 'best', null, null, null],
    [null, null, null, null, null, null],
    [null, null, null, null, null, null],
  ]);
});

test('no cell with fewer than five questions is marked in any table', () => {
  const { summary } = generatedRun({
    models: TWELVE_MODELS,
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0.3,
    perCell: 6,
  });
  const cells = [...reportTables(summary), ...reportTables(handMadeSummary())].flatMap(({ rows }) =>
    rows.flatMap((row) => row.cells.filter(isFigure)),
  );
  const small = cells.filter(({ estimate }) => estimate.n < 5);
  expect(small.length).toBeGreaterThan(20);
  expect(small.filter(({ sparse, mark }) => !sparse || mark !== null)).toEqual([]);
  expect(cells.filter(({ mark }) => mark !== null).length).toBeGreaterThan(20);
});

test('an absent slice leaves its cell empty', () => {
  const { columns, rows } = scopeByCulture(handMadeSummary());
  const arabWorldwide = columns.findIndex(
    ({ group, heading }) => group === 'Arab' && heading === 'Worldwide',
  );
  expect(rows.map(({ cells }) => cells[arabWorldwide])).toEqual([null, null, null, null]);
});

test('without paired differences in the summary one is of two means, without an interval', () => {
  const found = differences(handMadeSummary()).find(
    ({ by }) => by.culture === 'Arab' && by.category === 'Literacy',
  );
  // 6.00 − 3.97; the baseline lacks one of 30 ratings.
  expect(found?.estimate.value).toBeCloseTo(2.03, 10);
  expect(found).toMatchObject({
    variant: 'Aligned',
    baseline: 'Vanilla',
    estimate: { low: null, high: null, n: 29, missing: 1, method: 'difference of means' },
  });
});

test('differences stand under their baseline’s ratings', () => {
  const { summary } = generatedRun({
    models: TUNED_MODELS.slice(0, 6),
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 5,
  });
  const table = differenceTable(summary);
  expect(table?.rows.map(({ labels, cells: [first] }) => [...labels, first?.kind])).toEqual([
    ['Gemma2-9B', 'Vanilla', 'rating'],
    ['Gemma2-9B', 'DPO', 'difference'],
    ['Gemma2-9B', 'Aligned', 'difference'],
    ['Llama3.1-8B', 'Vanilla', 'rating'],
    ['Llama3.1-8B', 'DPO', 'difference'],
    ['Llama3.1-8B', 'Aligned', 'difference'],
  ]);
});

test('a paired difference has its interval, and a mark where that does not hold 0', () => {
  const summary = handMadeSummary();
  const series = { model: 'Qwen_7B & 50%', variant: 'Aligned', style: 'zero-shot', judge: 'Judge' };
  const found = (culture: string, text: string) => ({
    ...series,
    baseline: 'Vanilla',
    by: { culture },
    estimate: estimate(text),
  });
  const table = differenceTable({
    ...summary,
    differences: [found('Chinese', '2.21 1.60 2.82 60'), found('Arab', '1.80 -0.10 3.70 59 1')],
  });
  const averages = table?.columns.flatMap(({ average }, index) => (average ? [index] : [])) ?? [];
  const row = table?.rows.find(({ cells }) => cells[0]?.kind === 'difference');
  const shown = averages.map((column) => row?.cells[column] ?? null);
  expect(shown.map(cellValue)).toEqual(['+2.21', '+1.80']);
  expect(shown.map(cellInterval)).toEqual(['+1.60 to +2.82', '−0.10 to +3.70']);
  expect(shown.map((cell) => cell !== null && isFigure(cell) && cell.mark)).toEqual([
    'apart',
    null,
  ]);
});

test('worst and best case stand under the mean of what is rated, of incomplete series only', () => {
  const summary = handMadeSummary();
  const series = { model: 'Qwen_7B & 50%', variant: 'Vanilla', style: 'zero-shot', judge: 'Judge' };
  const table = missingBoundsTable({
    ...summary,
    missingness: {
      cultures: [],
      models: [],
      // 59 of 60 rated at 5.00: (295 + 1) / 60 and (295 + 10) / 60.
      bounds: [{ ...series, by: { culture: 'Arab' }, low: 4.933, high: 5.083 }],
    },
  });
  expect(table?.rows.map(({ cells }) => cells.map(cellValue))).toEqual([['4.99', '5.00', '5.00']]);
  expect(table?.rows[0]?.cells.map(cellInterval)).toEqual(['', '4.93–5.08', '']);
  expect(missingBoundsTable(summary)).toBeNull();
});

test('a scope is held against the reference beside its plain mean; few questions have no mark', () => {
  const summary = handMadeSummary();
  const series = { model: 'Qwen_7B & 50%', variant: 'Vanilla', style: 'zero-shot', judge: 'Judge' };
  const contrast = (scope: string, text: string) => ({
    ...series,
    scope,
    reference: 'Nationwide',
    estimate: estimate(text),
  });
  const table = scopeContrastTable({
    ...summary,
    scopeContrasts: [contrast('Worldwide', '-0.50 -0.90 -0.10 20'), contrast('Sub', '-1.00 - - 4')],
  });
  const cells = table?.rows[0]?.cells ?? [];
  expect(table?.title).toContain('Difference from Nationwide');
  expect(cells.map(cellValue)).toEqual(['−0.50', '(−1.00)']);
  expect(cells.map((cell) => cell !== null && isFigure(cell) && cell.mark)).toEqual([
    'apart',
    null,
  ]);
});

test('a run without baselines, scopes or several styles has no table for them', () => {
  const { summary } = generatedRun({
    models: TWELVE_MODELS.slice(0, 2),
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 2,
  });
  const names = reportTables({ ...summary, scopes: [], scopeContrasts: [] }).map(
    ({ name }) => name,
  );
  expect(names).toEqual(['culture-by-category', 'by-culture', 'by-category', 'coverage']);
});

test('coverage shows the missing reasons that occur, and its counts add up', () => {
  const { columns, rows } = coverageTable(handMadeSummary());
  expect(columns.map(({ heading }) => heading)).toEqual([
    'Planned',
    'Rated',
    'Cut short',
    'Missing',
    'Answer failed',
    'Verdict unreadable',
  ]);
  const counts = rows.map(({ labels, cells }) => [
    ...labels,
    ...cells.map((cell) => (cell?.kind === 'count' ? cell.count : null)),
  ]);
  // Vanilla is planned under two styles, 30 questions each of 2 categories; one style failed whole.
  expect(counts.slice(0, 2)).toEqual([
    ['Qwen_7B & 50%', 'Vanilla', 'Chinese', 120, 60, 4, 60, 60, 0],
    ['Qwen_7B & 50%', 'Vanilla', 'Arab', 120, 59, 4, 61, 60, 1],
  ]);
});

test('a p-value has three decimals, and a bound where it would round to none', () => {
  const shown = [0.0004, 0.001, 0.0514, 1].map((value) =>
    cellValue({
      kind: 'p-value',
      estimate: { value, low: null, high: null, n: 24, missing: 0, method: 't' },
      macro: null,
      mark: null,
      tiedWithBest: null,
      sparse: false,
    }),
  );
  expect(shown).toEqual(['<0.001', '0.001', '0.051', '1.000']);
});
