import { join } from 'node:path';
import { writeContent } from '../../adapters/files/write-atomically.ts';
import { notoFonts } from '../../adapters/fonts/noto.ts';
import { jsonSchema } from '../../domain/json.ts';
import { renderCsv } from '../../render/csv.ts';
import { renderLatex } from '../../render/latex.ts';
import { renderMarkdown } from '../../render/markdown.ts';
import { agreementCharts } from './present/charts.ts';
import { humanScaleTables } from './present/human-scale-tables.ts';
import { agreementTables } from './present/tables.ts';
import { renderAgreementMarkdown } from './present/text.ts';
import type { AgreementReport } from './schema.ts';

/** Writes agreement.md, agreement.json, tables and charts; gives their paths, agreement.md first. */
export async function writeAgreement(report: AgreementReport, folder: string): Promise<string[]> {
  const files: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    const file = join(folder, name);
    await writeContent(file, content);
    files.push(file);
  };
  await write('agreement.md', renderAgreementMarkdown(report));
  await write('agreement.json', `${JSON.stringify(jsonSchema.parse(report), null, 2)}\n`);
  for (const table of [...agreementTables(report), ...humanScaleTables(report.humanScale)]) {
    const file = join('tables', table.name);
    await write(`${file}.md`, renderMarkdown(table));
    await write(`${file}.csv`, renderCsv(table, { bom: false }));
    await write(`${file}.tex`, renderLatex(table));
  }
  const { renderCharts } = await import('../../render/chart/render.ts');
  for (const { name, vlJson, svg, png } of await renderCharts(agreementCharts(report), notoFonts)) {
    const file = join('charts', name);
    await write(`${file}.vl.json`, vlJson);
    await write(`${file}.svg`, svg);
    await write(`${file}.png`, png);
  }
  return files;
}
