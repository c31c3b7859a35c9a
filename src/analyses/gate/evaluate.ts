import { type GatePolicy, policyFor } from '../../domain/gate-policy.ts';
import { pick } from '../../stats/at.ts';
import type {
  DriftEvidence,
  FamilyEvidence,
  FamilySlice,
  FloorEvidence,
  Gaps,
  GateEvidence,
  GatePair,
} from './evidence.ts';
import { neededToDecide } from './needed.ts';
import type {
  CoverageVerdict,
  DriftVerdict,
  FamilyVerdict,
  FloorVerdict,
  GateStatus,
  GateVerdict,
} from './verdict.ts';

/** Means of whole numbers miss a bound such as 0.1 by the last bits alone. */
const ROUNDING = 1e-9;
/** Missing ratings are taken as uneven from this p on. */
const UNEVEN = 0.05;

/**
 * Decides: FAIL where any family or floor fails, PASS where all families, floors and coverage pass,
 * else INCONCLUSIVE, and so wherever a judge drifted between the sides. That all families must exclude
 * their margin needs no correction (intersection-union test); the alarms are adjusted, as any one of them fails the gate. Pure.
 */
export function evaluateGate(evidence: GateEvidence, policy: GatePolicy): GateVerdict {
  const families = evidence.families.map((family) => judgeFamily(family, evidence, policy));
  const coverage = evidence.pairs.map((pair, index) =>
    judgeCoverage({ pair, index, families, policy }),
  );
  const floors = evidence.floors.map((floor) => judgeFloor(floor, policy));
  const drift = evidence.drift.map(judgeDrift);
  const decided = together([...families, ...coverage, ...floors].map(({ status }) => status));
  return {
    version: 1,
    // Across a drift not even a failure is proven: the drop may be the judge's.
    verdict: drift.every(({ status }) => status === 'pass') ? decided : 'inconclusive',
    design: evidence.design,
    bridged: evidence.bridged,
    families,
    coverage,
    floors,
    drift,
  };
}

function judgeDrift(drift: DriftEvidence): DriftVerdict {
  return { ...drift, status: drift.shifted && !drift.accepted ? 'inconclusive' : 'pass' };
}

function together(statuses: readonly GateStatus[]): GateStatus {
  if (statuses.includes('fail')) return 'fail';
  return statuses.every((status) => status === 'pass') ? 'pass' : 'inconclusive';
}

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

interface CoverageAtHand {
  readonly pair: GatePair;
  readonly index: number;
  readonly families: readonly FamilyVerdict[];
  readonly policy: GatePolicy;
}

function missingShare({ planned, missing }: Gaps): number {
  return planned === 0 ? 0 : missing / planned;
}

/** Looks at every family by itself: a culture that is half missing hides in a total that is not. */
function judgeCoverage({ pair, index, families, policy }: CoverageAtHand): CoverageVerdict {
  const own = families.filter((family) => family.pair === index);
  const highest = (side: 'candidate' | 'baseline') =>
    Math.max(0, ...own.map(({ gaps }) => missingShare(gaps[side])));
  const missing = { candidate: highest('candidate'), baseline: highest('baseline') };
  const most = Math.max(missing.candidate, missing.baseline);
  const open = own
    .filter(({ worstLower, margin }) => worstLower === null || worstLower <= -margin)
    .map((family) => families.indexOf(family));
  const { worstCaseAbove, limit } = policy.missing;
  const doubtful = most > worstCaseAbove + ROUNDING || (most > 0 && pair.uneven.p <= UNEVEN);
  const base = { ...pair, pair: index, missing, open: doubtful ? open : [] };
  if (most > limit + ROUNDING) return { ...base, status: 'inconclusive', finding: 'over-limit' };
  if (!doubtful) return { ...base, status: 'pass', finding: 'complete' };
  return open.length === 0
    ? { ...base, status: 'pass', finding: 'worst-case-passes' }
    : { ...base, status: 'inconclusive', finding: 'worst-case-open' };
}

function judgeFloor(evidence: FloorEvidence, { missing }: GatePolicy): FloorVerdict {
  const { estimate, worst, floor, gaps } = evidence;
  const share = missingShare(gaps);
  const reaches = (low: number | null) => low !== null && low >= floor.atLeast - ROUNDING;
  const trusted = share <= missing.worstCaseAbove + ROUNDING || reaches(worst.low);
  if (reaches(estimate.low) && trusted && share <= missing.limit + ROUNDING)
    return { ...evidence, status: 'pass' };
  const below = estimate.high !== null && estimate.high < floor.atLeast - ROUNDING;
  return { ...evidence, status: below ? 'fail' : 'inconclusive' };
}
