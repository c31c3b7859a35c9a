import { pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { ShiftRow } from '../../series/contrasts/paired-shift.ts';
import type { Served } from '../../series/names/served.ts';
import { ALARM_LEVEL, type Drift, type DriftBetween, isShifted } from './drift.ts';

/** A sentence about a judge's steadiness. */
export interface DriftSentence {
  readonly text: string;
  /** Whether it is a reason to doubt the run's figures. */
  readonly doubt: boolean;
}

/** What a reader should know about a judge's steadiness; nothing where there is nothing to say. */
export function driftSentences(drift: Drift): DriftSentence[] {
  return [
    ...stateSentences(drift).map((text) => ({ text, doubt: drift.state !== 'steady' })),
    ...servedSentences(drift).map((text) => ({ text, doubt: true })),
  ];
}

/** Stored ratings are found by the judge's name and settings, and not asked for again. */
const RATE_AGAIN =
  'rate both sides again, under a new name for the judge, so that no stored rating is taken';

function stateSentences({ judge, state, anchors, rated, rows }: Drift): string[] {
  if (anchors === 0) return [];
  const [all] = rows;
  const missing = rated < anchors ? `, ${anchors - rated} without a rating` : '';
  switch (state) {
    case 'unmeasured':
      return [
        `Judge ${judge.name}: ${rated} of ${anchors} anchors were judged again, too few to say whether it has drifted.`,
      ];
    case 'steady':
      return [
        `Judge ${judge.name} is steady: ${rated} anchors judged again${missing}, shift ${all ? figure(all) : ''}${sensitivity(all)}.`,
      ];
    case 'shifted':
      return [
        `Judge ${judge.name} has drifted since its anchors were frozen: ${shiftedRows(rows)}${missing}. Ratings of this run must not be compared with those of before: ${RATE_AGAIN}.`,
      ];
    default:
      return state satisfies never;
  }
}

function sensitivity(row: ShiftRow | undefined): string {
  const detectable = row?.detectable ?? null;
  return detectable === null ? '' : `; a shift of ${twoDecimals(detectable)} would have shown`;
}

function servedSentences({ judge, sameServed, served, frozenServed }: Drift): string[] {
  if (sameServed) return [];
  const [first] = served;
  const text =
    served.length > 1
      ? `named several models or fingerprints in this run: ${served.map(servedText).join('; ')}`
      : `named ${first ? servedText(first) : 'nothing'}, and ${frozenServed.map(servedText).join('; ')} when the anchors were frozen`;
  return [`Judge ${judge.name}: its endpoint ${text}.`];
}

function servedText({ servedModel, systemFingerprint }: Served): string {
  return systemFingerprint === null || systemFingerprint === servedModel
    ? (servedModel ?? 'no model')
    : `${servedModel ?? 'no model'} (${systemFingerprint})`;
}

/** The rows that set off the alarm. */
function shiftedRows(rows: readonly ShiftRow[]): string {
  return rows
    .filter(isShifted)
    .map(
      (row) => `${row.culture ?? 'all cultures'} ${figure(row)}, adjusted p ${pText(row.adjusted)}`,
    )
    .join('; ');
}

function figure({ shift }: ShiftRow): string {
  return shift.value === null
    ? '–'
    : `${signed(shift.value)} (${rangeText(shift)}, n = ${shift.n})`;
}

const HOW = {
  both: 'on the anchors that both runs judged',
  candidate: 'on the candidate’s anchors against their frozen ratings',
  baseline: 'on the baseline’s anchors against their frozen ratings',
  none: 'on the anchors of one run against their frozen ratings',
} as const;

/** Why two runs cannot be held against each other, or what speaks for it; null where nothing is known. */
export function betweenSentence({
  judge,
  shifted,
  rows,
  by,
  servedChanged,
}: DriftBetween): string | null {
  if (shifted)
    return `Judge ${judge} drifted between the two runs, ${HOW[by]}: ${shiftedRows(rows)} (alarm at adjusted p ${ALARM_LEVEL}). A difference between the runs may be the judge’s: ${RATE_AGAIN}.`;
  if (by === 'none')
    return servedChanged
      ? `Judge ${judge}: its endpoint named another model or fingerprint in the other run, and there are no anchors to tell whether its ratings changed.`
      : null;
  const [all] = rows;
  return `Judge ${judge}: steady ${HOW[by]}, shift ${all ? figure(all) : '–'}${servedChanged ? ', though its endpoint names another model or fingerprint' : ''}.`;
}
