import type { Scale } from '../../../domain/solution.ts';
import type { CoverageVerdict } from './coverage.ts';
import type { FamilyVerdict } from './families.ts';
import type { FloorVerdict } from './floors.ts';

/** Shares of right answers are shown as percent, and their differences as points of a hundred. */
const HUNDRED = 100;
const UNIT = ', right answers in percent';

/** What is shown of a verdict's figures. */
interface ShownVerdicts {
  readonly families: readonly FamilyVerdict[];
  readonly coverage: readonly CoverageVerdict[];
  readonly floors: readonly FloorVerdict[];
}

/**
 * A verdict as people read it: figures about right answers in percent, the sides' names saying so.
 * Ratings stay as they are.
 */
export function inPoints<Verdicts extends ShownVerdicts>(verdict: Verdicts): Verdicts {
  const scaleOf = (pair: number): Scale => verdict.coverage[pair]?.scale ?? 'rating';
  return {
    ...verdict,
    families: verdict.families.map((family) =>
      scaleOf(family.pair) === 'rating' ? family : familyInPoints(family),
    ),
    coverage: verdict.coverage.map((pair) =>
      pair.scale === 'rating' ? pair : { ...pair, candidate: `${pair.candidate}${UNIT}` },
    ),
    floors: verdict.floors.map((floor) =>
      floor.scale === 'rating' ? floor : floorInPoints(floor),
    ),
  };
}

function familyInPoints(family: FamilyVerdict): FamilyVerdict {
  return {
    ...family,
    difference: points(family.difference),
    se: points(family.se),
    lower: points(family.lower),
    upper: points(family.upper),
    worstLower: points(family.worstLower),
    margin: HUNDRED * family.margin,
  };
}

function floorInPoints(verdict: FloorVerdict): FloorVerdict {
  const { floor, candidate } = verdict;
  return {
    ...verdict,
    candidate: `${candidate}${UNIT}`,
    floor: { ...floor, atLeast: Number((HUNDRED * floor.atLeast).toFixed(6)) },
    estimate: inPercent(verdict.estimate),
    worst: inPercent(verdict.worst),
  };
}

function inPercent(estimate: FloorVerdict['estimate']): FloorVerdict['estimate'] {
  const { value, low, high } = estimate;
  return { ...estimate, value: points(value), low: points(low), high: points(high) };
}

function points(value: number | null): number | null {
  return value === null ? null : HUNDRED * value;
}
