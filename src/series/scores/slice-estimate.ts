import type { Estimate } from '../../domain/estimate.ts';
import { estimateSlice, type RatedCell } from './estimate.ts';
import type { SeriesScores } from './score-table.ts';
import type { SlicePlaces } from './slices.ts';

/** A series' mean over a slice, and the ratings that it is made of. */
export interface EstimatedSlice {
  readonly estimate: Estimate;
  readonly cells: readonly RatedCell[];
  /** Places of the slice in the score table. */
  readonly places: readonly number[];
}

/** null where the series plans no question of the slice. */
export function estimateOfSlice(
  { series, clusters }: { readonly series: SeriesScores; readonly clusters: Int32Array },
  { by, cells }: SlicePlaces,
): EstimatedSlice | null {
  const { planned, rated, ratings, scale } = series;
  const places = cells.flatMap((cell) => [...cell]);
  if (places.every((place) => !planned[place])) return null;
  const ratedCells = cells.map((cell) => {
    const inCell = [...cell].filter((place) => rated[place]);
    return {
      values: inCell.map((place) => Number(ratings[place])),
      clusters: inCell.map((place) => Number(clusters[place])),
    };
  });
  const estimate = estimateSlice({
    cells: ratedCells,
    missing: places.reduce((sum, place) => sum + Number(planned[place]) - Number(rated[place]), 0),
    scope: by.scope !== undefined,
    scale,
  });
  return { estimate, cells: ratedCells, places };
}
