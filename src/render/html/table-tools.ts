import { renderCsv } from '../csv.ts';
import { renderLatex } from '../latex.ts';
import { renderMarkdown } from '../markdown.ts';
import type { Table } from '../table.ts';
import { type Html, html, jsonBlock } from './html.ts';

/** What is copied, by the name on its button: the same as in the report's files. */
const FORMATS: readonly (readonly [name: string, render: (table: Table) => string])[] = [
  ['Markdown', renderMarkdown],
  ['LaTeX', renderLatex],
  ['CSV', (table) => renderCsv(table, { bom: false })],
];

/** Above a table: what leaves only its averages, and buttons that copy it, which the script shows. */
export function tableTools(table: Table, foldable: boolean): Html {
  return html`<div class="tools">${
    foldable && html`<label class="fold"><input type="checkbox"> Averages only</label>`
  }<div class="copies" role="group" aria-label="Copy the table ${table.title}" hidden><span aria-hidden="true">Copy</span>${FORMATS.map(
    ([format]) =>
      html` <button type="button" data-format="${format}" aria-label="Copy as ${format}">${format}</button>`,
  )}</div><script type="application/json" data-texts>${jsonBlock(
    Object.fromEntries(FORMATS.map(([format, render]) => [format, render(table)])),
  )}</script></div>
`;
}
