import { type Content, type Html, html } from './html.ts';

/** A table of texts; the first cell of a row is its heading. */
export function plainTable(table: {
  readonly id: string;
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Content[])[];
}): Html {
  const { id, caption, headings, rows } = table;
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table class="plain">
<caption id="${id}">${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) => html`
<tr><th scope="row">${first ?? null}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table>
</div>
`;
}
