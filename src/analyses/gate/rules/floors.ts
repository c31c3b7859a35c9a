import { counted } from '../../../domain/counted.ts';
import type { Estimate } from '../../../domain/estimate.ts';
import { type GateFloor, type GatePolicy, policyFor } from '../../../domain/gate-policy.ts';
import { SCALE_RANGES, type Scale } from '../../../domain/solution.ts';
import { twoDecimals } from '../../../render/number-text.ts';
import { clusterName } from '../../../series/contrasts/strata.ts';
import { estimateSlice } from '../../../series/scores/estimate.ts';
import type { ScoredRow, ScoredSeries } from '../../../series/scores/scored-series.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import { completed } from '../differences/worst-case.ts';
import { type FloorEvidence, missingShare } from '../evidence.ts';
import {
  type CheckContext,
  type GateRule,
  type GateStatus,
  ofPair,
  oneLine,
  ROUNDING,
} from './rule.ts';

export interface FloorVerdict extends FloorEvidence {
  readonly status: GateStatus;
}

/** The candidate's own figures must reach absolute bounds. */
export const floorRule: GateRule<FloorVerdict> = {
  kind: 'floor',
  measure: ({ candidates, policy }) => ({
    floors: candidates.flatMap((candidate) =>
      floorEvidence(candidate, policyFor(candidate.scale, policy).floors),
    ),
  }),
  decide: ({ floors = [] }, policy) => floors.map((floor) => judgeFloor(floor, policy)),
  check: (floor, { evidence }) => {
    const name = floorName(floor, evidence);
    return {
      name,
      status: floor.status,
      text: floorText(floor, name),
      brief: `${name} not ${floor.status === 'fail' ? 'reached' : 'certain'}`,
    };
  },
};

/** The candidate's own estimate of every floor's slice, as a report prints it. */
function floorEvidence(
  { label, scale, rows: unordered }: ScoredSeries,
  floors: readonly GateFloor[],
): FloorEvidence[] {
  const rows = unordered.toSorted((a, b) => (a.item < b.item ? -1 : 1));
  return floors.map((floor) => {
    const inside = rowsOfFloor(rows, floor);
    const planned = inside.reduce((sum, row) => sum + row.planned, 0);
    const missing = inside.reduce((sum, row) => sum + row.planned - row.rated, 0);
    const worst = inside.map((row) => ({
      ...row,
      rating: completed(row, SCALE_RANGES[scale].low),
    }));
    return {
      candidate: label,
      scale,
      floor,
      estimate: estimateRows(inside, floor, { missing, scale }),
      gaps: { planned, missing },
      worst: estimateRows(worst, floor, { missing: 0, scale }),
    };
  });
}

/** The questions that a floor speaks about. */
export function rowsOfFloor(
  rows: readonly ScoredRow[],
  { culture, category, scope }: Omit<GateFloor, 'atLeast'>,
): ScoredRow[] {
  return rows.filter(
    (row) =>
      (culture ?? row.culture) === row.culture &&
      (category ?? row.category) === row.category &&
      (scope ?? row.scope) === row.scope,
  );
}

function estimateRows(
  rows: readonly ScoredRow[],
  floor: GateFloor,
  { missing, scale }: { readonly missing: number; readonly scale: Scale },
): Estimate {
  const clusters = codeLabels(rows.map(clusterName));
  const cells = new Map<string, { values: number[]; clusters: number[] }>();
  rows.forEach(({ culture, category, rating }, place) => {
    if (rating === null) return;
    const name = JSON.stringify([culture, category]);
    const cell = cells.get(name) ?? { values: [], clusters: [] };
    cells.set(name, cell);
    cell.values.push(rating);
    cell.clusters.push(Number(clusters[place]));
  });
  return estimateSlice({
    cells: [...cells.values()],
    missing,
    scope: floor.scope !== undefined,
    scale,
  });
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

function floorName({ floor, candidate }: FloorVerdict, evidence: CheckContext['evidence']): string {
  const { culture, category, scope } = floor;
  const parts = [culture, category, scope].filter((part) => part !== undefined);
  const slice = parts.length === 0 ? 'All' : parts.join(' · ');
  return `Floor ${oneLine(slice)} ≥ ${floor.atLeast}${ofPair(candidate, evidence)}`;
}

function floorText({ estimate, status, gaps, worst }: FloorVerdict, name: string): string {
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
