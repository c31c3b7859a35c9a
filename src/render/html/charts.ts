import type { Choices } from '../choices.ts';
import { choiceAttributes } from './choices.ts';
import { type Html, html, jsonBlock, trusted } from './html.ts';

/** A chart ready for the page. */
export interface PageChart {
  readonly name: string;
  readonly title: string;
  /** What is drawn, under which settings. */
  readonly subtitle: string;
  readonly description: string;
  readonly choices: Choices;
  /** Models that a reader can take out of the drawing and put back. */
  readonly models: readonly string[];
  /** A Vega specification, compiled from Vega-Lite. */
  readonly vega: unknown;
  /** The same as SVG, for print and for readers without scripts. */
  readonly svg: string;
}

/** Charts: drawn by script where there is one, and as they stand in the page where there is none. */
export function charts(entries: readonly PageChart[]): Html {
  if (entries.length === 0) return html``;
  return html`<div class="charts">${entries.map(chart)}</div>`;
}

function chart(entry: PageChart): Html {
  const { name, title, subtitle, description, choices, models, vega, svg } = entry;
  return html`<figure class="chart" id="chart-${name}"${choiceAttributes(choices)}>
<figcaption><h3>${title}</h3>${subtitle !== '' && html`<p>${subtitle}</p>`}</figcaption>
${
  models.length > 1 &&
  html`<div class="toggles" role="group" aria-label="Models shown" hidden>${models.map(toggle)}</div>
`
}<div class="scroll" role="img" aria-label="${description}" tabindex="0"><div class="drawing" aria-hidden="true" data-chart="${name}">${trusted(svg)}</div></div>
<script type="application/json" data-spec="${name}">${jsonBlock(vega)}</script>
</figure>
`;
}

function toggle(model: string): Html {
  return html`<button type="button" aria-pressed="true" data-model="${model}"><bdi>${model}</bdi></button>`;
}
