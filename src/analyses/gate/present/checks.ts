import { counted } from '../../../domain/counted.ts';
import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { pText, rangeText, signed, twoDecimals } from '../../../render/number-text.ts';
import { sliceName } from '../../../series/names/series.ts';
import { betweenSentence } from '../../drift/sentences.ts';
import { inPoints, shownMinimalDrop } from './in-points.ts';
import type {
  CoverageVerdict,
  FamilyVerdict,
  FloorVerdict,
  GateStatus,
  GateVerdict,
} from '../verdict.ts';

/** One thing that a gate looked at, in words. */
export interface GateCheck {
  readonly kind: 'family' | 'floor' | 'coverage' | 'drift';
  readonly name: string;
  readonly status: GateStatus;
  /** One or two sentences that stand by themselves. */
  readonly text: string;
}

/** Names come from configs and data: on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ');
}

/** All checks of a gate: families, floors, coverage, drift. */
export function gateChecks(decided: GateVerdict, policy: GatePolicy): GateCheck[] {
  const verdict = inPoints(decided);
  return [
    ...verdict.families.map((family) => ({
      kind: 'family' as const,
      name: familyName(family, verdict),
      status: family.status,
      text: familyText(family, verdict, policy),
    })),
    ...verdict.floors.map((floor) => ({
      kind: 'floor' as const,
      name: floorName(floor, verdict),
      status: floor.status,
      text: floorText(floor, verdict),
    })),
    ...verdict.coverage.map((coverage) => ({
      kind: 'coverage' as const,
      name: `Coverage${ofPair(coverage.candidate, verdict)}`,
      status: coverage.status,
      text: coverageText(coverage, verdict, policy),
    })),
    ...verdict.drift.flatMap((between) => {
      const text = betweenSentence(between);
      const name = `Drift of judge ${oneLine(between.judge)}`;
      return text === null
        ? []
        : [{ kind: 'drift' as const, name, status: between.status, text: oneLine(text) }];
    }),
  ];
}

/** Which of several pairs, where there are several. */
function ofPair(candidate: string, { coverage }: GateVerdict): string {
  return coverage.length > 1 ? ` (${oneLine(candidate)})` : '';
}

export function familyName({ by, pair }: FamilyVerdict, verdict: GateVerdict): string {
  return `${oneLine(sliceName(by))}${ofPair(verdict.coverage[pair]?.candidate ?? '', verdict)}`;
}

/** `18 %`, `0.5 %`. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function familyText(family: FamilyVerdict, verdict: GateVerdict, policy: GatePolicy): string {
  const name = familyName(family, verdict);
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
      return `${name}: ${signed(difference)} (${range}, ${counted(n, 'question')}) may be a loss of more than the allowed ${twoDecimals(margin)}, and no drop is proven${family.adjusted !== null && family.adjusted <= policy.alpha ? ` of the least that fails, ${twoDecimals(shownMinimalDrop(family, verdict, policy))}` : ''}. ${neededText(family)}`;
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

function floorName({ floor, candidate }: FloorVerdict, verdict: GateVerdict): string {
  const { culture, category, scope } = floor;
  const parts = [culture, category, scope].filter((part) => part !== undefined);
  const slice = parts.length === 0 ? 'All' : parts.join(' · ');
  return `Floor ${oneLine(slice)} ≥ ${floor.atLeast}${ofPair(candidate, verdict)}`;
}

function floorText(verdict: FloorVerdict, gate: GateVerdict): string {
  const name = floorName(verdict, gate);
  const { estimate, status, gaps, worst } = verdict;
  if (estimate.value === null) return `${name}: nothing is rated.`;
  const { low, high } = estimate;
  const range =
    low === null || high === null
      ? 'no interval at this n'
      : `95 % interval ${twoDecimals(low)} to ${twoDecimals(high)}`;
  const figure = `mean ${twoDecimals(estimate.value)}, ${range}, ${counted(estimate.n, 'question')}`;
  if (status === 'fail') return `${name}: not reached (${figure}).`;
  if (status === 'pass') return `${name}: reached (${figure}).`;
  const missing =
    gaps.missing === 0 || worst.low === null
      ? ''
      : ` With the ${gaps.missing} missing at the lowest the low end is ${twoDecimals(worst.low)}.`;
  return `${name}: not certain (${figure}); the low end must reach the floor.${missing}`;
}

function coverageText(
  coverage: CoverageVerdict,
  verdict: GateVerdict,
  { missing: { limit, worstCaseAbove } }: GatePolicy,
): string {
  const { candidate, baseline } = coverage.missing;
  const name = `Coverage${ofPair(coverage.candidate, verdict)}`;
  const shares = `${percent(candidate)} of the candidate’s and ${percent(baseline)} of the baseline’s ratings are missing (the highest of any family)`;
  const { uneven } = coverage;
  const why =
    Math.max(candidate, baseline) > worstCaseAbove
      ? `more than ${percent(worstCaseAbove)}`
      : `one side misses more than the other (${uneven.test} p ${pText(uneven.p)})`;
  const open = coverage.open.flatMap((place) => {
    const family = verdict.families[place];
    if (!family) return [];
    const at = family.worstLower === null ? '' : ` ${signed(family.worstLower)}`;
    return [`${familyName(family, verdict)}${at}`];
  });
  switch (coverage.finding) {
    case 'complete':
      return Math.max(candidate, baseline) === 0
        ? `${name}: nothing is missing.`
        : `${name}: ${shares}.`;
    case 'worst-case-passes':
      return `${name}: ${shares}, ${why}. Even with all of it at its worst every family stays within its margin.`;
    case 'worst-case-open':
      return `${name}: ${shares}, ${why}. With all of it at its worst the loss might exceed the margin: ${open.join(', ')}. Try \`care-judge run CONFIG --retry-missing\`.`;
    case 'over-limit':
      return `${name}: ${shares}; over ${percent(limit)} nothing passes. Finish the run, or try \`care-judge run CONFIG --retry-missing\`.`;
    default:
      return coverage.finding satisfies never;
  }
}
