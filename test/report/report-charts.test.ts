import { expect, test } from 'vitest';
import type { Chart } from '../../src/render/chart/chart.ts';
import { modelColors } from '../../src/render/chart/colors.ts';
import { reportCharts } from '../../src/report/charts/all.ts';
import { generatedRun } from './generated.ts';
import { handMadeSummary } from './hand-made.ts';
import { TUNED_MODELS, TWELVE_MODELS, twelveModels } from './large-run.ts';

const LARGE = twelveModels();
const CHARTS = reportCharts(LARGE.summary, LARGE.counts);

function chartNamed(name: string, charts: readonly Chart[] = CHARTS): Chart {
  const found = charts.find((chart) => chart.name === name);
  if (!found) throw new Error(`no chart ${name}`);
  return found;
}

/** Every object anywhere in a spec. */
function partsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const part = Object.fromEntries(Object.entries(value));
  return [part, ...Object.values(part).flatMap(partsOf)];
}

function encodingsOf(chart: Chart, field: string): Record<string, unknown>[] {
  return partsOf(chart.spec).filter((part) => part['field'] === field && 'scale' in part);
}

function rowsOf(chart: Chart): Record<string, unknown>[] {
  const { data } = Object.fromEntries(Object.entries(chart.spec));
  return partsOf(data).slice(1);
}

test('a run of twelve models in two styles has every chart that it has figures for', () => {
  expect(CHARTS.map(({ name }) => name)).toEqual([
    'by-culture',
    'by-culture-role-play',
    'by-category',
    'by-category-role-play',
    'heat-map',
    'heat-map-role-play',
    'by-style',
    'by-scope',
    'by-scope-role-play',
    'by-size',
    'by-size-role-play',
    'rating-distribution',
  ]);
  expect(chartNamed('heat-map-role-play').choices).toMatchObject({ Prompting: 'role-play' });
});

test('charts with nothing to show are left out', () => {
  const { summary } = generatedRun({
    models: TWELVE_MODELS.slice(0, 1),
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 2,
  });
  const names = reportCharts({ ...summary, scopes: [] }, []).map(({ name }) => name);
  expect(names).toEqual(['by-culture', 'by-category', 'heat-map']);
});

test.each(['by-culture', 'by-category', 'by-scope', 'by-style', 'by-size'])(
  '%s draws means with their intervals on the whole scale from 1 to 10',
  (name) => {
    const chart = chartNamed(name);
    for (const field of ['value', 'low']) {
      const scales = encodingsOf(chart, field).map((part) => part['scale']);
      expect(scales.length).toBeGreaterThan(0);
      for (const scale of scales) expect(scale).toMatchObject({ domain: [1, 10], zero: false });
    }
    expect(partsOf(chart.spec)).toContainEqual({ field: 'high' });
    expect(JSON.stringify(chart.spec)).toContain('Mean rating (1–10)');
  },
);

test('bars show the figures of the summary', () => {
  const chart = chartNamed('by-culture', reportCharts(handMadeSummary(), []));
  expect(rowsOf(chart).find((row) => row['label'] === 'Qwen_7B & 50% (Vanilla)')).toMatchObject({
    panel: 'Chinese (n = 60)',
    value: 4.99,
    low: 4.5,
    high: 5.48,
    n: 60,
    missing: 0,
    shown: '4.99',
    sparse: false,
  });
});

test('a heat map has a figure for every model, culture and category, and the averages', () => {
  // 12 models × 3 cultures × (5 categories + average)
  expect(rowsOf(chartNamed('heat-map'))).toHaveLength(216);
});

test('scopes with fewer than five questions are hollow, and the chart says so and every n', () => {
  const chart = chartNamed('by-scope', reportCharts(handMadeSummary(), []));
  const panels = new Set(rowsOf(chart).map((row) => row['panel']));
  expect([...panels]).toEqual([
    'Chinese, Nationwide (n = 56)',
    'Chinese, Worldwide (n = 4)',
    'Arab, Nationwide (n = 59–60)',
    'Arab, Worldwide (none)',
  ]);
  const hollow = rowsOf(chart).filter((row) => row['sparse'] === true);
  expect(hollow.map((row) => row['place'])).toEqual(Array(3).fill('Chinese, Worldwide'));
  const spec = JSON.stringify(chart.spec);
  expect(spec).toContain('"fillOpacity":{"condition":{"test":"datum.sparse","value":0},"value":1}');
  expect(spec).toContain('hollow: fewer than 5 questions');
});

test('the slopes lead from the baseline to each of its variants', () => {
  const { summary } = generatedRun({
    models: TUNED_MODELS.slice(0, 3),
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 2,
  });
  const rows = rowsOf(chartNamed('from-baseline', reportCharts(summary, [])));
  const chinese = rows.filter((row) => row['culture'] === 'Chinese');
  expect(chinese.map((row) => [row['line'], row['stage'], row['label']])).toEqual([
    ['Gemma2-9B (DPO)', 'Vanilla', 'Gemma2-9B (Vanilla)'],
    ['Gemma2-9B (DPO)', 'Variant', 'Gemma2-9B (DPO)'],
    ['Gemma2-9B (Aligned)', 'Vanilla', 'Gemma2-9B (Vanilla)'],
    ['Gemma2-9B (Aligned)', 'Variant', 'Gemma2-9B (Aligned)'],
  ]);
});

test('shares of ratings add up to one for every model and judge', () => {
  const shares = new Map<string, number>();
  for (const row of rowsOf(chartNamed('rating-distribution'))) {
    const bar = `${row['label']} ${row['judge']}`;
    shares.set(bar, (shares.get(bar) ?? 0) + Number(row['share']));
  }
  expect(shares.size).toBe(12);
  for (const share of shares.values()) expect(share).toBeCloseTo(1, 12);
});

test('models that differ in their size alone are joined by a line', () => {
  const { summary } = generatedRun({
    models: [
      { name: 'Qwen2.5-7B', variant: null, baseline: null, size: 7 },
      { name: 'Qwen2.5-0.5B', variant: null, baseline: null, size: 0.5 },
      { name: 'Llama3.1-8B', variant: null, baseline: null, size: 8 },
    ],
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 2,
  });
  const rows = rowsOf(chartNamed('by-size', reportCharts(summary, [])));
  expect(rows.slice(0, 3).map((row) => row['line'])).toEqual(['Qwen2.5-', 'Qwen2.5-', 'Llama3.1-']);
});

test('a model has the same colour in every chart', () => {
  const scales = CHARTS.flatMap((chart) => [
    ...encodingsOf(chart, 'label'),
    ...encodingsOf(chart, 'line'),
  ]).flatMap(({ scale }) => partsOf(scale).filter((part) => 'range' in part && 'domain' in part));
  const colors = new Map<unknown, Set<unknown>>();
  for (const { domain, range } of scales) {
    if (!Array.isArray(domain) || !Array.isArray(range)) continue;
    for (const [place, label] of domain.entries()) {
      colors.set(label, (colors.get(label) ?? new Set()).add(range[place]));
    }
  }
  expect(colors.size).toBe(12);
  expect([...colors.values()].filter(({ size }) => size > 1)).toEqual([]);
});

test('twelve models have twelve colours, and variants are shades that differ', () => {
  const twelve = modelColors(TWELVE_MODELS.map(({ name }) => ({ model: name, variant: null })));
  expect(new Set(twelve.values()).size).toBe(12);
  const tuned = modelColors(TUNED_MODELS.map(({ name, variant }) => ({ model: name, variant })));
  expect(new Set(tuned.values()).size).toBe(TUNED_MODELS.length);
});

test('each judge has charts of its own, and the spread of ratings shows them side by side', () => {
  const { summary, counts } = generatedRun({
    models: TWELVE_MODELS.slice(0, 2),
    styles: ['zero-shot'],
    judges: ['A', 'B'],
    missing: 0,
    perCell: 2,
  });
  const charts = reportCharts(summary, counts);
  const names = charts.map(({ name }) => name);
  expect(names).toContain('by-culture');
  expect(names).toContain('by-culture-judge-2');
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.startsWith('rating-distribution'))).toHaveLength(1);
});

test('a description gives the figures that matter, also for many panels', () => {
  const [byCulture] = reportCharts(handMadeSummary(), []);
  expect(byCulture?.description).toBe(
    'Chinese: highest Qwen_7B & 50% (Aligned) 7.20 [6.80, 7.60], lowest Qwen_7B & 50% (Vanilla) 4.99 [4.50, 5.48]; ' +
      'Arab: highest نموذج العربية 7.30 [6.90, 7.70], lowest Qwen_7B & 50% (Vanilla) 5.00 [4.50, 5.50].',
  );
  for (const { description } of CHARTS) expect(description.length).toBeLessThan(700);
});
