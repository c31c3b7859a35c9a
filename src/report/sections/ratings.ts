import { counted } from '../../domain/counted.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { RatingCount } from '../../render/chart/chart.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';

const SCALE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** Shades of a share: the style sheet has a class for each. */
const SHADES = 8;

/** How often each rating was given, a row for each model and judge. */
export function ratingTable(ratings: readonly RatingCount[]): Html {
  const rows = new Map<string, { labels: readonly string[]; counts: number[] }>();
  const judges = new Set(ratings.map(({ judge }) => judge)).size > 1;
  for (const entry of ratings) {
    const labels = [
      modelLabel({ name: entry.model, variant: entry.variant }),
      ...(judges ? [entry.judge] : []),
    ];
    const key = JSON.stringify(labels);
    const row = rows.get(key) ?? { labels, counts: SCALE.map(() => 0) };
    const place = Math.min(SCALE.length, Math.max(1, Math.round(entry.rating))) - 1;
    row.counts[place] = (row.counts[place] ?? 0) + entry.count;
    rows.set(key, row);
  }
  if (rows.size === 0) return html`<p>Nothing is rated yet.</p>`;
  const decimal = ratings.some(({ rating }) => !Number.isInteger(rating));
  return html`<figure class="figures">
<div class="scroll" role="region" aria-labelledby="table-ratings" tabindex="0">
<table class="ratings">
<caption id="table-ratings">Share of each rating, in per cent</caption>
<thead><tr><th scope="col" class="label first">Model</th>${judges && html`<th scope="col" class="label">Judge</th>`}${SCALE.map(
    (rating) => html`<th scope="col">${rating}</th>`,
  )}<th scope="col" class="opens">Ratings</th></tr></thead>
<tbody>${[...rows.values()].map(ratingRow)}</tbody>
</table>
</div>
<figcaption><p>Over all cultures, categories and prompting styles.${
    decimal && ' Decimal ratings are counted at the nearest whole number.'
  } An empty place means that the rating was never given.</p></figcaption>
</figure>
`;
}

function ratingRow({
  labels,
  counts,
}: {
  labels: readonly string[];
  counts: readonly number[];
}): Html {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return html`
<tr>${labels.map(
    (label, index) =>
      html`<th scope="row" class="label${index === 0 && ' first'}">${name(label)}</th>`,
  )}${counts.map((count) => {
    if (count === 0) return html`<td></td>`;
    const share = count / total;
    const shade = Math.min(SHADES, Math.ceil(share * 2 * SHADES));
    return html`<td class="shade-${shade}" title="${count.toLocaleString('en')} of ${counted(total, 'rating')}">${percent(share)}</td>`;
  })}<td class="opens">${total.toLocaleString('en')}</td></tr>`;
}

function percent(share: number): string {
  const value = 100 * share;
  return value < 0.5 ? '<1' : value.toFixed(0);
}
