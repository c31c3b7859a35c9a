import type { JurySummary } from '../../analyses/jury/schema.ts';
import { spendingSentence } from '../../analyses/jury/sentences.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import type { PageExample } from '../page/page-source.ts';
import { REASON_LABELS } from '../tables/coverage-table.ts';
import { examplePart } from './examples.ts';

/** How juries were seated, what their ratings vary by, and the answers that they disagree on. */
export function juries(all: readonly JurySummary[], examples: readonly PageExample[]): Html[] {
  return [
    ...all.map(jury),
    ...(examples.length === 0
      ? []
      : [
          html`<details class="examples">
<summary><h3>Answers the juries disagree on most</h3> <span class="tally">${examples.length}</span></summary>
${examples.map(examplePart)}
</details>
`,
        ]),
  ];
}

const AGGREGATES = {
  mean: 'the mean of their ratings',
  median: 'the median of their ratings',
  trimmed: 'the mean of their ratings without the highest and the lowest',
} as const;

function jury(summary: JurySummary, index: number): Html {
  const { jury: title, judges, aggregate, excludeOwnFamily, panels, disagreements } = summary;
  return html`<h3>${name(title)}</h3>
<p>${judges.map((judge, place) => html`${place > 0 && ', '}${name(judge)}`)}: ${AGGREGATES[aggregate]}, an answer at a time.${
    excludeOwnFamily &&
    ' A judge does not rate models of its own family; models that other judges rated are not compared with each other.'
  } An answer that one of the judges did not rate has no rating of the jury.</p>
${plainTable({
  id: `table-panels-${index}`,
  caption: 'Who sat, and what doubling would take off the variance of the mean',
  headings: ['Model', 'Prompting', 'Judges', 'Complete', 'Incomplete', 'Doubling takes off'],
  rows: panels.map((panel) => [
    name(modelLabel({ name: panel.model, variant: panel.variant })),
    name(panel.style),
    panel.seats.map((seat, place) => html`${place > 0 && ', '}${name(seat)}`),
    `${panel.complete} of ${panel.planned}`,
    lacking(panel),
    spendingSentence(panel),
  ]),
})}${
  disagreements.length > 0 &&
  plainTable({
    id: `table-disagreements-${index}`,
    caption: 'Where judges disagree most',
    headings: ['Question', 'Model', 'Prompting', 'Ratings', 'Range', 'SD'],
    rows: disagreements.map((entry) => [
      html`${name(entry.item)} <small>${name(entry.culture)}, ${name(entry.category)}</small>`,
      name(modelLabel({ name: entry.model, variant: entry.variant })),
      name(entry.style),
      entry.ratings.map(
        ({ judge, rating }, place) => html`${place > 0 && ', '}${name(judge)} ${decimal(rating)}`,
      ),
      decimal(entry.range),
      entry.sd.toFixed(2),
    ]),
  })
}`;
}

function lacking({ planned, complete, lacking: reasons }: JurySummary['panels'][number]) {
  if (planned === complete) return 'none';
  return reasons.map(
    ({ judge, reason, count }, place) =>
      html`${place > 0 && '; '}${name(judge)}: ${REASON_LABELS[reason].toLowerCase()} ${count}`,
  );
}

/** Means over judging trials are fractions; ratings mostly whole. */
function decimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
