import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { Drift } from './drift.ts';
import { driftSentences } from './sentences.ts';

/** Whether the judges still rate their anchors as they did; nothing for runs without anchors or changes. */
export function driftSection(drifts: readonly Drift[]): Html[] {
  return drifts.flatMap((drift, index) => {
    const sentences = driftSentences(drift);
    if (sentences.length === 0) return [];
    const [measured] = drift.rows;
    return [
      html`${sentences.map(
        ({ text, doubt }) => html`<p>${doubt && html`<strong>Careful.</strong> `}${text}</p>
`,
      )}${measured !== undefined && table(drift, index)}`,
    ];
  });
}

function table({ run, judge, rows, level, minimalShift }: Drift, index: number): Html {
  return html`${plainTable({
    id: `table-drift-${index}`,
    caption: `Anchors judged again by ${judge.name} in ${run}`,
    headings: ['Culture', 'Shift', '95 % interval', 'Adjusted p', 'Detects', 'n', 'Missing'],
    rows: rows.map(({ culture, shift, adjusted, detectable }): Content[] => [
      culture === null ? 'All' : name(culture),
      shift.value === null ? '–' : signed(shift.value),
      rangeText(shift),
      pText(adjusted),
      detectable === null ? '–' : twoDecimals(detectable),
      shift.n,
      shift.missing,
    ]),
  })}<p>Rating now minus frozen rating of the same answers, paired; t intervals clustered by question. The alarm is a shift above ${twoDecimals(minimalShift)} at an adjusted p (Holm over the rows) of ${level} or less. Detects: the shift that would show four times in five, for a row by itself at 5 %.</p>
`;
}
