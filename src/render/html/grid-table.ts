import type { Grid } from '../grid.ts';
import { type Html, html } from './html.ts';
import { name } from './passage.ts';

/** A grid of a comparison as a table in a box that scrolls for itself. */
export function gridTable(
  { headings, groups, figuresFrom }: Grid,
  { id, caption }: { readonly id: string; readonly caption: string },
): Html {
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table class="grid">
<caption id="${id}">${name(caption)}</caption>
<thead><tr>${headings.map(
    (heading, column) =>
      html`<th scope="col"${column < figuresFrom && html` class="label${column === 0 && ' first'}"`}>${heading}</th>`,
  )}</tr></thead>
${groups
  .filter(({ rows }) => rows.length > 0)
  .map(
    (group) => html`<tbody>${
      group.name !== null &&
      html`
<tr><th scope="rowgroup" colspan="${headings.length}" class="label group">${group.name}</th></tr>`
    }${group.rows.map((row) => gridRow(row, figuresFrom))}
</tbody>
`,
  )}</table>
</div>
`;
}

function gridRow(row: readonly string[], figuresFrom: number): Html {
  return html`
<tr>${row.map((text, column) => {
    if (column === 0) return html`<th scope="row" class="label first">${name(text)}</th>`;
    if (column < figuresFrom) return html`<th scope="row" class="label">${name(text)}</th>`;
    return html`<td${(text === 'higher' || text === 'lower') && html` class="found"`}>${text}</td>`;
  })}</tr>`;
}
