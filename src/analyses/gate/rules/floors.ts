import type { Estimate } from '../../../domain/estimate.ts';
import type { GateFloor } from '../../../domain/gate-policy.ts';
import { SCALE_RANGES, type Scale } from '../../../domain/solution.ts';
import { clusterName } from '../../../series/contrasts/strata.ts';
import { estimateSlice } from '../../../series/scores/estimate.ts';
import type { ScoredRow, ScoredSeries } from '../../../series/scores/scored-series.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import type { FloorEvidence } from '../evidence.ts';
import { completed } from './worst-case.ts';

/** The candidate's own estimate of every floor's slice, as a report prints it. */
export function floorEvidence(
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
