import type { RunComparison } from '../../summary/run-comparisons.ts';
import { type ComparisonLayout, layOutComparison } from '../comparison-layout.ts';
import { gridTable } from './grid-table.ts';
import { type Html, html } from './html.ts';
import { name } from './passage.ts';

/** Most pairs on one page with all their rows; the file `comparison.md` has the others. */
const PAIRS_IN_FULL = 24;

/** The models against each other under every judge and prompting style; nothing for one model. */
export function comparisons(entries: readonly RunComparison[]): Html {
  const places = new Set(entries.map(({ judge, style }) => JSON.stringify([judge, style])));
  const share = Math.floor(PAIRS_IN_FULL / Math.max(1, entries.length));
  return html`${entries.map(({ judge, style, set, pairs, shown }, index) => {
    const layout = layOutComparison(set, 'all');
    return html`${
      places.size > 1 &&
      html`<h3>${name(style)}, judged by ${name(judge)}</h3>
`
    }${
      shown === 'best-and-baselines' &&
      html`<p class="fine">Shown: the best model against every other, and variants against their baselines; ${set.comparisons.length} of ${pairs} pairs. Their p-values are adjusted over all ${pairs}. <code>care-judge compare</code> shows any others.</p>
`
    }${comparisonParts(layout, { id: `comparison-${index + 1}`, full: share })}`;
  })}`;
}

/** Tables of a comparison: its overview open, its pairs folded up, at most `full` of them. */
export function comparisonParts(
  { sections, notes }: ComparisonLayout,
  { id, full }: { readonly id: string; readonly full: number },
): Html {
  const several = sections.length > 1;
  const overview = several ? sections.slice(0, 1) : [];
  const pairs = several ? sections.slice(1) : sections;
  const left = pairs.length - Math.min(full, pairs.length);
  return html`${overview.map(
    ({
      title,
      grid,
    }) => html`<figure class="figures">${gridTable(grid, { id, caption: title })}</figure>
`,
  )}${pairs.slice(0, full).map(
    ({ title, sentences, grid }, index) => html`<details class="examples"${!several && ' open'}>
<summary><h3>${name(title)}</h3></summary>
${sentences.map((sentence) => html`<p>${name(sentence)}</p>`)}
<figure class="figures">${gridTable(grid, { id: `${id}-${index + 1}`, caption: `${title} by culture and category` })}</figure>
</details>
`,
  )}${
    left > 0 &&
    html`<p class="fine">${left} more pairs are in full in <code>comparison.md</code>.</p>
`
  }<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>
`;
}
