import { counted } from '../../domain/counted.ts';
import { type Document, notes, tableBlock, text } from '../../render/document.ts';
import { rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import { SHIFT_HEADINGS, shiftTexts } from '../../series/contrasts/shift-texts.ts';
import { biases } from './biases/index.ts';
import { type Audit, type AuditFinding, type MeasuredFinding, standsOut } from './schema.ts';

/** What moves a judge's ratings, and how it was measured. */
export function presentAudit(audit: Audit): Document {
  return {
    title: auditTitle(audit),
    blocks: [
      text(...auditSentences(audit)),
      tableBlock(shiftsTable(audit)),
      { kind: 'details', summary: 'How it was measured', blocks: [notes(auditNotes(audit))] },
    ],
  };
}

function auditTitle({ judge, run, answers }: Audit): string {
  return `Audit of ${judge.name} on ${counted(answers, 'answer')} of ${run}`;
}

function measured({ findings }: Audit): MeasuredFinding[] {
  return findings.flatMap((finding) => (finding.state === 'measured' ? [finding] : []));
}

/** What was found, what was not, and what could not be measured, in a sentence each. */
function auditSentences(audit: Audit): string[] {
  const found = measured(audit).map((finding) => ({ finding, ...standsOut(finding) }));
  const name = ({ measure }: AuditFinding) => biases[measure].label;
  const shifts = found.flatMap(({ finding, overall }) =>
    overall === null || overall.shift.value === null
      ? []
      : [`${name(finding)} ${signed(overall.shift.value)} (${rangeText(overall.shift)})`],
  );
  const apart = found.flatMap(({ finding, apart: cultures }) =>
    cultures.flatMap(({ culture, difference }) =>
      difference.value === null
        ? []
        : [
            `${name(finding)}: ${culture} ${signed(difference.value)} (${rangeText(difference)}) against the other cultures`,
          ],
    ),
  );
  const untold = found.filter(({ finding }) => (finding.rows[0]?.shift.value ?? null) === null);
  const quiet = found.filter((one) => one.overall === null && !untold.includes(one));
  const unmeasured = audit.findings.filter(({ state }) => state === 'not-measured');
  return [
    headline(shifts, found.length > untold.length),
    ...(quiet.length > 0
      ? [
          `No effect shown: ${quiet.map(({ finding }) => `${name(finding)}${detects(finding)}`).join('; ')}.`,
        ]
      : []),
    ...(untold.length > 0
      ? [
          `Cannot be told, as ratings are missing: ${untold.map(({ finding }) => name(finding)).join('; ')}.`,
        ]
      : []),
    ...(apart.length > 0 ? [`Differs between cultures: ${apart.join('; ')}.`] : []),
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.map(name).join('; ')}.`] : []),
  ];
}

function headline(shifts: readonly string[], anyTold: boolean): string {
  if (shifts.length > 0) return `Moves its ratings: ${shifts.join('; ')}.`;
  return anyTold ? 'No measured effect is significant.' : 'No effect could be estimated.';
}

function detects({ rows: [all] }: MeasuredFinding): string {
  const detectable = all?.detectable ?? null;
  return detectable === null ? '' : ` (${twoDecimals(detectable)} would have shown)`;
}

function shiftsTable(audit: Audit): Table {
  return textTable({
    name: `audit-${audit.judge.name}`,
    labels: 1,
    headings: ['Change', ...SHIFT_HEADINGS],
    groups: measured(audit).map(({ measure, rows }) => ({
      name: biases[measure].label,
      rows: rows.map(shiftTexts),
    })),
  });
}

function auditNotes(audit: Audit): string[] {
  return [
    ...audit.findings.map((finding) =>
      finding.state === 'measured'
        ? `${biases[finding.measure].label}: ${finding.method}${finding.note === null ? '' : `; ${finding.note}`}.`
        : `${biases[finding.measure].label}: not measured, ${finding.needs}.`,
    ),
    'Shift: rating under the change minus rating without it. p is adjusted by Holm over the cultures and their total, measure by measure. Detects: what would show four times in five, for a row by itself at 5 %.',
  ];
}
