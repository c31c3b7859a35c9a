import { charts, type PageChart } from '../../../render/html/charts.ts';
import { figures } from '../../../render/html/figures.ts';
import { type Html, html } from '../../../render/html/html.ts';
import { name } from '../../../render/html/passage.ts';
import type { Table } from '../../../render/table.ts';
import type { HumanScale } from '../human-scale/schema.ts';
import type { AgreementReport } from '../schema.ts';
import { humanScaleSentences } from './human-scale-sentences.ts';
import { agreementSentences, ratingSentences } from './sentences.ts';
import { agreementTables, agreementTitle } from './tables.ts';

/** What the section shows. */
interface AgreementPart {
  readonly agreement: AgreementReport | null;
  readonly agreementCharts: readonly PageChart[];
  readonly summary: { readonly humanScale?: readonly HumanScale[] | undefined };
}

/** How far judge and people agree, and what that makes of the figures; nothing without ratings by people. */
export function agreementSection(source: AgreementPart, humanScale: readonly Table[]): Html[] {
  const { agreement, agreementCharts, summary } = source;
  if (agreement === null) return [];
  const scaled = humanScale.map(figures);
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
