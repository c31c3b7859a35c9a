import { counted } from '../../../domain/counted.ts';
import { type GatePolicy, policyFor } from '../../../domain/gate-policy.ts';
import { pText, rangeText, signed, twoDecimals } from '../../../render/number-text.ts';
import { sliceName } from '../../../series/names/series.ts';
import { pick } from '../../../stats/at.ts';
import type { FamilyEvidence, FamilySlice, GateEvidence } from '../evidence.ts';
import { type Needed, neededToDecide } from './needed.ts';
import {
  type CheckContext,
  type GateRule,
  type GateStatus,
  ofPair,
  oneLine,
  percent,
  ROUNDING,
  shownMinimalDrop,
} from './rule.ts';

export interface FamilyVerdict extends FamilyEvidence {
  readonly margin: number;
  readonly status: GateStatus;
  /** Passed, and yet the whole one-sided interval lies below 0. */
  readonly smallDrop: boolean;
  /** Only of families that are inconclusive. */
  readonly needed: Needed | null;
}

/** No culture may fall further than its margin, nor all questions together. */
export const familyRule: GateRule<FamilyVerdict> = {
  kind: 'family',
  decide: (evidence, policy) =>
    evidence.families.map((family) => judgeFamily(family, evidence, policy)),
  check: (family, context) => ({
    name: familyName(family, context.evidence),
    status: family.status,
    text: familyText(family, context),
    brief: briefly(family, context),
  }),
};

/** The loss that is still tolerated in a family. */
export function marginOf({ culture }: FamilySlice, { margins }: GatePolicy): number {
  if (culture === undefined) return margins.total;
  return Object.hasOwn(margins.cultures, culture)
    ? (margins.cultures[culture] ?? margins.culture)
    : margins.culture;
}

function judgeFamily(
  family: FamilyEvidence,
  { families, pairs }: GateEvidence,
  whole: GatePolicy,
): FamilyVerdict {
  const policy = policyFor(pick(pairs, family.pair).scale, whole);
  const margin = marginOf(family.by, policy);
  const status = statusOf(family, margin, policy);
  return {
    ...family,
    margin,
    status,
    smallDrop: status === 'pass' && family.upper !== null && family.upper < 0,
    needed:
      status === 'inconclusive'
        ? neededToDecide(family, {
            ...policy,
            margin,
            hypotheses: families.length,
            rerun: pick(pairs, family.pair).rerun,
          })
        : null,
  };
}

function statusOf(
  { difference, lower, adjusted }: FamilyEvidence,
  margin: number,
  { alpha, minimalDrop }: GatePolicy,
): GateStatus {
  if (difference === null || lower === null) return 'inconclusive';
  if (lower > -margin) return 'pass';
  const proven = adjusted !== null && adjusted <= alpha;
  return proven && difference <= -minimalDrop + ROUNDING ? 'fail' : 'inconclusive';
}

export function familyName(
  { by, pair }: Pick<FamilyEvidence, 'by' | 'pair'>,
  evidence: CheckContext['evidence'],
): string {
  return `${oneLine(sliceName(by))}${ofPair(evidence.pairs[pair]?.candidate ?? '', evidence)}`;
}

function familyText(family: FamilyVerdict, { policy, evidence }: CheckContext): string {
  const name = familyName(family, evidence);
  const { difference, lower, upper, margin, adjusted, n, status } = family;
  if (difference === null) return `${name}: no question is rated on both sides.`;
  if (lower === null)
    return `${name}: ${counted(n, 'question')} cannot say how much the difference varies.`;
  const range = `${percent(1 - 2 * policy.alpha)} interval ${rangeText({ low: lower, high: upper })}`;
  const tolerated = `tolerated is a loss of ${twoDecimals(margin)}`;
  switch (status) {
    case 'pass':
      return `${name}: ${signed(difference)}, at worst ${signed(lower)}; ${tolerated} (${counted(n, 'question')}).`;
    case 'fail':
      return `${name} fell by ${twoDecimals(-difference)} (${range}, adjusted p ${pText(adjusted)}, ${counted(n, 'question')}); the loss may be as large as ${twoDecimals(-lower)}, allowed is ${twoDecimals(margin)}.`;
    case 'inconclusive':
      return `${name}: ${signed(difference)} (${range}, ${counted(n, 'question')}) may be a loss of more than the allowed ${twoDecimals(margin)}, and no drop is proven${family.adjusted !== null && family.adjusted <= policy.alpha ? ` of the least that fails, ${twoDecimals(shownMinimalDrop(family, evidence, policy))}` : ''}. ${neededText(family)}`;
    default:
      return status satisfies never;
  }
}

function neededText({ needed }: FamilyVerdict): string {
  if (needed === null) return 'Take more questions or more answers to each.';
  const goal = needed.toShow === 'pass' ? 'To pass' : 'To prove the drop';
  const ways = [
    ...(needed.questions === null ? [] : [`about ${counted(needed.questions, 'question')} here`]),
    ...(needed.answers === null ? [] : [`${counted(needed.answers, 'answer')} per question`]),
  ];
  return ways.length === 0
    ? 'The difference is so close to the margin that more data will hardly decide.'
    : `${goal} at this difference takes ${ways.join(', or ')} (80 % power).`;
}

function briefly(family: FamilyVerdict, { evidence }: CheckContext): string {
  const name = familyName(family, evidence);
  const { status, difference, lower, margin } = family;
  if (status !== 'fail' || difference === null) return name;
  const worst =
    lower === null ? '' : ` (may be ${twoDecimals(-lower)}, allowed ${twoDecimals(margin)})`;
  return `${name} fell by ${twoDecimals(-difference)}${worst}`;
}
