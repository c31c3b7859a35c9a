import { resetSVGDefIds } from 'vega';
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
  const { spec: vega } = compile(withoutInheritedNames(spec));
  resetSVGDefIds();
  return {
    name,
    title,
    subtitle,
    description,
    models: modelsOf(spec),
    vega,
    svg: ownIds(await drawSvg(vega, measure), name),
  };
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
