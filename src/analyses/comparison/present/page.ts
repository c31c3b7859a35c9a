import { behaviour } from '../../../render/html/behaviour.ts';
import { renderDocument } from '../../../render/html/document.ts';
import { type Html, html } from '../../../render/html/html.ts';
import { name } from '../../../render/html/passage.ts';
import type { ComparisonSet } from '../schema.ts';
import { noteList, pairTables } from './comparisons.ts';
import { layOutComparison } from './layout.ts';

/** Most pairs with all their rows, so that a browser opens the page at once; the overview has all. */
const PAIRS_IN_FULL = 100;

/** A comparison as a page that needs nothing else. `simulated`: why it measures nothing, or null. */
export function renderComparisonPage(set: ComparisonSet, simulated: string | null): string {
  const layout = layOutComparison(set, 'all');
  const left = set.comparisons.length - PAIRS_IN_FULL;
  return renderDocument({
    title: 'Comparison',
    simulated: simulated !== null,
    head: heading(set, simulated),
    sections: [
      {
        id: 'comparison',
        title: 'By culture and category',
        content: html`${pairTables(layout, { id: 'pairs', full: PAIRS_IN_FULL })}${
          left > 0 && html`<p class="fine">${left} more pairs are above in total only.</p>`
        }`,
      },
      { id: 'method', title: 'How to read it', content: noteList(layout.notes) },
    ],
    scripts: [behaviour],
  });
}

function heading(
  { comparisons, series, questions, bridged }: ComparisonSet,
  simulated: string | null,
): Html {
  const [first, ...others] = comparisons;
  const title =
    first !== undefined && others.length === 0
      ? html`${name(first.candidate)} − ${name(first.baseline)}`
      : html`${series.length} sides, all pairs`;
  const numbers: readonly (readonly [number, string])[] = [
    [series.length, 'sides'],
    [comparisons.length, comparisons.length === 1 ? 'pair' : 'pairs'],
    [questions, 'questions in common'],
  ];
  return html`<header class="masthead">
${simulated !== null && html`<p class="banner" role="note"><strong>Simulated.</strong> ${simulated}</p>`}${
  bridged &&
  html`<p class="banner" role="note"><strong>Bridged.</strong> Not the same judge and rubrics on all sides: a difference may be the judges’, not the models’.</p>`
}
<p class="kicker">care-judge comparison</p>
<h1>${title}</h1>
<ul class="numbers">${numbers.map(
    ([count, what]) => html`<li><b>${count.toLocaleString('en')}</b> ${what}</li>`,
  )}</ul>
</header>
`;
}
