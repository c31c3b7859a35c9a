import { gridTable } from '../../../render/html/grid-table.ts';
import { type Html, html } from '../../../render/html/html.ts';
import { name } from '../../../render/html/passage.ts';
import type { RunComparison } from '../run-comparisons.ts';
import { type ComparisonLayout, type ComparisonSection, layOutComparison } from './layout.ts';

/** Most pairs of a report with all their rows; the file `comparison.md` has the others. */
const PAIRS_IN_FULL = 24;

/** The models against each other under every judge and prompting style; nothing for one model. */
export function comparisons(entries: readonly RunComparison[]): Html {
  if (entries.length === 0) return html``;
  const full = Math.floor(PAIRS_IN_FULL / entries.length);
  const laidOut = entries.map((entry) => ({ entry, layout: layOutComparison(entry.set, 'all') }));
  const notes = new Set(laidOut.flatMap(({ layout }) => layout.notes));
  return html`${laidOut.map(({ entry, layout }, index) => {
    const { judge, style, set, pairs, shown } = entry;
    const left = set.comparisons.length - full;
    return html`${
      entries.length > 1 &&
      html`<h3 class="part">${name(style)}, judged by ${name(judge)}</h3>
`
    }${
      shown === 'best-and-baselines' &&
      html`<p class="fine">Shown: the best model against every other, and variants against their baselines; ${set.comparisons.length} of ${pairs} pairs. Their p-values are adjusted over all ${pairs}. <code>care-judge compare</code> shows any others.</p>
`
    }${pairTables(layout, { id: `comparison-${index + 1}`, full })}${
      left > 0 &&
      html`<p class="fine">${left} more of these pairs are in full in <code>comparison.md</code>, beside this page.</p>
`
    }`;
  })}${noteList([...notes])}`;
}

/** The overview of several pairs, open; then at most `full` pairs, folded up where there are several. */
export function pairTables(
  { sections }: Pick<ComparisonLayout, 'sections'>,
  { id, full }: { readonly id: string; readonly full: number },
): Html {
  const [first, ...rest] = sections;
  if (first === undefined) return html``;
  if (rest.length === 0) return pairTable(first, id);
  const pairs = rest.slice(0, full).map(
    (pair, index) => html`<details class="examples">
<summary><h3>${name(pair.title)}</h3></summary>
${pairTable(pair, `${id}-${index + 1}`)}</details>
`,
  );
  return html`<figure class="figures">${gridTable(first.grid, { id, caption: first.title })}</figure>
${pairs}`;
}

function pairTable({ title, sentences, grid }: ComparisonSection, id: string): Html {
  return html`<div class="said">${sentences.map((sentence) => html`<p>${name(sentence)}</p>`)}</div>
<figure class="figures">${gridTable(grid, { id, caption: title })}</figure>
`;
}

export function noteList(notes: readonly string[]): Html {
  return html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>
`;
}
