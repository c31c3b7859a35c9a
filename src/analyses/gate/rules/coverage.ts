import { type GatePolicy, policyFor } from '../../../domain/gate-policy.ts';
import { pText, signed } from '../../../render/number-text.ts';
import { type GateEvidence, type GatePair, missingShare } from '../evidence.ts';
import { familyName, marginOf } from './families.ts';
import {
  type CheckContext,
  type GateRule,
  type GateStatus,
  ofPair,
  percent,
  ROUNDING,
} from './rule.ts';

/** Missing ratings are taken as uneven from this p on. */
const UNEVEN = 0.05;

/** What a side's missing ratings allow to say. */
export interface CoverageVerdict extends GatePair {
  readonly pair: number;
  readonly status: GateStatus;
  /**
   * `complete`: so little is missing, and so evenly, that complete pairs do. `worst-case-passes`:
   * more, and every family passes with all of it at its worst. `worst-case-open`: it does not.
   * `over-limit`: more than the policy lets pass.
   */
  readonly finding: 'complete' | 'worst-case-passes' | 'worst-case-open' | 'over-limit';
  /** Highest shares missing in any family. */
  readonly missing: { readonly candidate: number; readonly baseline: number };
  /** Families whose worst case does not exclude the margin, by place in `families`. */
  readonly open: readonly number[];
}

/** What is missing must not be able to hide a loss. */
export const coverageRule: GateRule<CoverageVerdict> = {
  kind: 'coverage',
  decide: (evidence, policy) =>
    evidence.pairs.map((pair, index) => judgeCoverage({ pair, index, evidence, policy })),
  check: (coverage, context) => {
    const name = `Coverage${ofPair(coverage.candidate, context.evidence)}`;
    return {
      name,
      status: coverage.status,
      text: coverageText(coverage, context),
      brief: `${name} too low`,
    };
  },
};

interface PairCoverage {
  readonly pair: GatePair;
  readonly index: number;
  readonly evidence: GateEvidence;
  readonly policy: GatePolicy;
}

/** Looks at every family by itself: a culture that is half missing hides in a total that is not. */
function judgeCoverage({ pair, index, evidence, policy }: PairCoverage): CoverageVerdict {
  const { families } = evidence;
  const own = families.filter((family) => family.pair === index);
  const highest = (side: 'candidate' | 'baseline') =>
    Math.max(0, ...own.map(({ gaps }) => missingShare(gaps[side])));
  const missing = { candidate: highest('candidate'), baseline: highest('baseline') };
  const most = Math.max(missing.candidate, missing.baseline);
  const open = own
    .filter(
      ({ worstLower, by }) =>
        worstLower === null || worstLower <= -marginOf(by, policyFor(pair.scale, policy)),
    )
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

function coverageText(coverage: CoverageVerdict, { policy, evidence }: CheckContext): string {
  const { limit, worstCaseAbove } = policy.missing;
  const { candidate, baseline } = coverage.missing;
  const name = `Coverage${ofPair(coverage.candidate, evidence)}`;
  const shares = `${percent(candidate)} of the candidate’s and ${percent(baseline)} of the baseline’s ratings are missing (the highest of any family)`;
  const { uneven } = coverage;
  const why =
    Math.max(candidate, baseline) > worstCaseAbove
      ? `more than ${percent(worstCaseAbove)}`
      : `one side misses more than the other (${uneven.test} p ${pText(uneven.p)})`;
  const open = coverage.open.flatMap((place) => {
    const family = evidence.families[place];
    if (!family) return [];
    const at = family.worstLower === null ? '' : ` ${signed(family.worstLower)}`;
    return [`${familyName(family, evidence)}${at}`];
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
