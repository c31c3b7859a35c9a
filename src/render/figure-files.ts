import { join } from 'node:path';
import type { FontSource } from '../ports/fonts.ts';
import type { Chart } from './chart/chart.ts';
import { renderCsv } from './csv.ts';
import { renderLatex } from './latex.ts';
import { renderMarkdown } from './markdown.ts';
import type { Table } from './table.ts';

export interface FigureFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** `tables/NAME.{md,csv,tex}` and `charts/NAME.{vl.json,svg,png}`; what draws is loaded here and not before. */
export async function* figureFiles(
  { tables, charts }: { readonly tables: readonly Table[]; readonly charts: readonly Chart[] },
  { fonts, bom = false }: { readonly fonts: FontSource; readonly bom?: boolean | undefined },
): AsyncGenerator<FigureFile> {
  for (const table of tables) {
    const file = join('tables', table.name);
    yield { name: `${file}.md`, content: renderMarkdown(table) };
    yield { name: `${file}.csv`, content: renderCsv(table, { bom }) };
    yield { name: `${file}.tex`, content: renderLatex(table) };
  }
  const { renderCharts } = await import('./chart/render.ts');
  for (const { name, vlJson, svg, png } of await renderCharts(charts, fonts)) {
    const file = join('charts', name);
    yield { name: `${file}.vl.json`, content: vlJson };
    yield { name: `${file}.svg`, content: svg };
    yield { name: `${file}.png`, content: png };
  }
}
