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
    html`${ratingSentences(agreement).map((sentence) => html`<p>${sentence}</p>`)}`,
    ...agreement.agreements.map(
      (entry) => html`<h3>${name(agreementTitle(entry))}</h3>
${agreementSentences(entry).map((sentence) => html`<p>${sentence}</p>`)}`,
    ),
    ...(agreementCharts.length > 0 ? [charts(agreementCharts)] : []),
    ...agreementTables(agreement)
      .filter((table) => table.name !== 'agreement-slices')
      .map(figures),
    ...(scaled.length > 0 ? [html`<h3>On the human scale</h3>`] : []),
    html`${(summary.humanScale ?? [])
      .flatMap(humanScaleSentences)
      .map((sentence) => html`<p>${sentence}</p>`)}`,
    ...scaled,
  ];
}
