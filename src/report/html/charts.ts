import { type Html, html, jsonBlock, trusted } from './html.ts';
import type { PageChart } from './page-source.ts';

/** Charts: drawn by script where there is one, and as they stand in the page where there is none. */
export function charts(entries: readonly PageChart[]): Html {
  return html`<div class="charts">${entries.map(chart)}</div>`;
}

function chart({ name, title, description, vega, svg }: PageChart): Html {
  return html`<figure class="chart" id="chart-${name}">
<figcaption><h3>${title}</h3><p>${description}</p></figcaption>
<div class="scroll" role="img" aria-label="${description}"><div class="drawing" data-chart="${name}">${trusted(svg)}</div></div>
<script type="application/json" data-spec="${name}">${jsonBlock(vega)}</script>
</figure>
`;
}
