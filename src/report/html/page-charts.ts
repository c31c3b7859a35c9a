import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Chart } from '../charts/chart.ts';
import type { PageChart } from './page-source.ts';

/** Compiles a chart for the page and draws it once, as it stands without scripts. */
export async function pageChart({ name, title, description, spec }: Chart): Promise<PageChart> {
  const { spec: vega } = compile(spec);
  const view = new View(parse(vega), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return { name, title, description, vega, svg };
}
