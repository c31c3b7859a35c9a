import { agreementSentences, ratingSentences } from '../agreement-sentences.ts';
import { agreementTables, agreementTitle } from '../agreement-tables.ts';
import { humanScaleSentences } from '../human-scale-sentences.ts';
import { charts } from './charts.ts';
import { figures } from './figures.ts';
import { type Html, html } from './html.ts';
import type { PageSource } from './page-source.ts';
import { name } from './passage.ts';

/** Tables of the report that stand in this section. */
const HUMAN_SCALE_TABLES = ['human-scale', 'transfer-tests'] as const;

/** How far judge and people agree, and what that makes of the figures; nothing without ratings by people. */
export function agreementSection(source: PageSource): Html[] {
  const { agreement, agreementCharts, summary, tables } = source;
  if (agreement === null) return [];
  const scaled = HUMAN_SCALE_TABLES.flatMap((wanted) =>
    tables.filter((table) => table.name === wanted).map(figures),
  );
  return [
    said(ratingSentences(agreement)),
    ...agreement.agreements.map(
      (entry) => html`<h3 class="part">${name(agreementTitle(entry))}</h3>
${said(agreementSentences(entry))}`,
    ),
    ...(agreementCharts.length > 0 ? [charts(agreementCharts)] : []),
    ...agreementTables(agreement)
      .filter((table) => table.name !== 'agreement-slices')
      .map(figures),
    ...(scaled.length > 0 ? [html`<h3 class="part">On the human scale</h3>`] : []),
    said((summary.humanScale ?? []).flatMap(humanScaleSentences)),
    ...scaled,
  ];
}

function said(sentences: readonly string[]): Html {
  if (sentences.length === 0) return html``;
  return html`<div class="said">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>`;
}
