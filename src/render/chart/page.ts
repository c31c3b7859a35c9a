import { resetSVGDefIds, type Spec } from 'vega';
import { compile } from 'vega-lite';
import { showControls } from '../../domain/shown-text.ts';
import type { FontSource } from '../../ports/fonts.ts';
import type { PageChart } from '../html/charts.ts';
import type { Chart } from './chart.ts';
import { withoutInheritedNames } from './inherited-names.ts';
import { pageChartConfig } from './page-theme.ts';
import { drawSvg, textOf } from './render.ts';
import { type MeasureText, textMeasurer } from './text-width.ts';

/** Compiles charts for the page and draws each once, as it stands without scripts. */
export async function pageCharts(
  charts: readonly Chart[],
  fonts: FontSource,
): Promise<PageChart[]> {
  const measure = textMeasurer(await fonts(textOf(charts)));
  const drawn: PageChart[] = [];
  for (const chart of charts) drawn.push(await pageChart(chart, measure));
  return drawn;
}

async function pageChart(chart: Chart, measure: MeasureText): Promise<PageChart> {
  const { name, title, description } = chart;
  const { subtitle, spec } = withoutTitle(chart);
  const vega = withColumnsSignal(compile(withoutInheritedNames(spec)).spec);
  resetSVGDefIds();
  return {
    name,
    title,
    subtitle,
    description,
    choices: chart.choices ?? {},
    models: modelsOf(spec),
    vega,
    svg: ownIds(await drawSvg(vega, measure), name),
  };
}

/** What the page sets to as many panels as fit side by side. */
const COLUMNS = 'panel_columns';

/**
 * Makes the number of panels side by side a signal. Vega-Lite writes it as a number into the layout, and
 * into the two sequences that the axes at the edges are made from.
 */
function withColumnsSignal(vega: Spec): Spec {
  const { layout } = vega;
  if (!layout || !('columns' in layout) || typeof layout.columns !== 'number') return vega;
  const { columns } = layout;
  if (columns < 2) return vega;
  const sequences = JSON.parse(JSON.stringify(vega.data ?? []), (key, value: unknown) =>
    key === 'signal' && typeof value === 'string' ? bySignal(value, columns) : value,
  );
  return {
    ...vega,
    layout: { ...layout, columns: { signal: COLUMNS } },
    signals: [{ name: COLUMNS, value: columns }, ...(vega.signals ?? [])],
    data: sequences,
  };
}

function bySignal(expression: string, columns: number): string {
  const count = 'length(data("facet_domain"))';
  return expression
    .replace(`ceil(${count} / ${columns})`, `ceil(${count} / ${COLUMNS})`)
    .replace(`min(${count}, ${columns})`, `min(${count}, ${COLUMNS})`);
}

/** The page prints titles itself, as headings. Names get their controls shown, as everywhere on it. */
function withoutTitle({ spec }: Chart): { subtitle: string; spec: Chart['spec'] } {
  const { title } = spec;
  const subtitle =
    typeof title === 'object' && 'subtitle' in title ? [title.subtitle].flat().join(' · ') : '';
  const { title: _title, ...rest } = visible(spec);
  return { subtitle, spec: { ...rest, config: pageChartConfig() } };
}

function visible(spec: Chart['spec']): Chart['spec'] {
  return JSON.parse(JSON.stringify(spec), (_, value: unknown) =>
    typeof value === 'string' ? showControls(value) : value,
  );
}

/** Models by their label, where the drawing's rows have one. */
function modelsOf({ data }: Chart['spec']): string[] {
  if (!data || !('values' in data) || !Array.isArray(data.values)) return [];
  const rows: readonly unknown[] = data.values;
  const labels = rows.flatMap((row) =>
    typeof row === 'object' && row !== null && 'label' in row && typeof row.label === 'string'
      ? row.label
      : [],
  );
  return [...new Set(labels)];
}

/** Several drawings share a page: what one refers to must not be found in another. */
function ownIds(svg: string, name: string): string {
  return svg
    .replace(/ id="([\w-]+)"/g, ` id="${name}-$1"`)
    .replace(/url\(#([\w-]+)\)/g, `url(#${name}-$1)`);
}
