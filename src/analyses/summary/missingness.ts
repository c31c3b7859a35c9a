import { SCALE_RANGES } from '../../domain/solution.ts';
import {
  type ScoreTable,
  type SeriesScores,
  seriesByJudge,
} from '../../series/scores/score-table.ts';
import type { SlicePlaces } from '../../series/scores/slices.ts';
import { mcNemarExact } from '../../stats/distributions/binomial.ts';
import { fisherExact } from '../../stats/distributions/fisher-exact.ts';
import type { Interval } from '../../stats/means/intervals.ts';
import { createRandom } from '../../stats/random/random.ts';
import { holm } from '../../stats/tests/multiplicity.ts';
import type { Missingness } from './schema.ts';

/** Sum of a question's ratings, trial by trial; undefined where trials are not kept apart. */
type RatingSum = (series: SeriesScores, place: number) => number | undefined;

export interface MissingnessSource {
  readonly table: ScoreTable;
  readonly slices: readonly SlicePlaces[];
  readonly ratingSum: RatingSum;
}

/** How much what is missing could move the figures, and whether it is spread unevenly. */
export function describeMissing(source: MissingnessSource): Missingness {
  const { table, slices } = source;
  const incomplete = table.series.filter((series) =>
    series.planned.some((planned, place) => planned > (series.rated[place] ?? 0)),
  );
  const rows = slices.filter(({ by }) => by.category === undefined && by.scope === undefined);
  return {
    bounds: incomplete.flatMap((series) =>
      rows.flatMap(({ by, cells }) => {
        const bounds = completionBounds(series, cells, source.ratingSum);
        return bounds === null ? [] : [{ ...series.names, by, ...bounds }];
      }),
    ),
    cultures: incomplete.flatMap((series) => acrossCultures(series, rows)),
    models: acrossModels(table.series),
  };
}

/**
 * Mean of question means with every missing judgment at the scale's lowest, and its highest (Manski 1989, J. Human
 * Resources 24): no way of completing the ratings lies outside. Where the best of several answers
 * counts, a missing one can only have been higher. null where nothing is missing.
 */
function completionBounds(
  series: SeriesScores,
  cells: readonly Int32Array[],
  ratingSum: RatingSum,
): Interval | null {
  const places = cells.flatMap((cell) => [...cell]).filter((place) => series.planned[place]);
  if (places.every((place) => series.planned[place] === series.rated[place])) return null;
  const sum = (value: number) =>
    places.reduce((total, place) => total + completedAt(series, place, { value, ratingSum }), 0);
  const { low, high } = SCALE_RANGES[series.scale];
  return { low: sum(low) / places.length, high: sum(high) / places.length };
}

/** A question's rating if its missing ones were all `value`. */
function completedAt(
  series: SeriesScores,
  place: number,
  { value, ratingSum }: { readonly value: number; readonly ratingSum: RatingSum },
): number {
  const { planned, rated, ratings, best } = series;
  const [all, known, rating] = [planned[place] ?? 0, rated[place] ?? 0, ratings[place] ?? 0];
  if (known === 0) return value;
  if (best) return known < all ? Math.max(rating, value) : rating;
  const own = ratingSum(series, place) ?? rating * known;
  return (own + (all - known) * value) / all;
}

function acrossCultures(
  series: SeriesScores,
  rows: readonly SlicePlaces[],
): Missingness['cultures'] {
  const counts = rows.flatMap(({ by: { culture }, cells }) => {
    if (culture === undefined) return [];
    const places = cells.flatMap((cell) => [...cell]).filter((place) => series.planned[place]);
    const missing = places.filter((place) => !series.rated[place]).length;
    return [{ culture, missing, questions: places.length }];
  });
  const test = fisherExact(
    counts.map(({ missing, questions }) => [missing, questions - missing] as const),
    { random: createRandom('missing by culture') },
  );
  return test === null || counts.length < 2 ? [] : [{ ...series.names, p: test.p, counts }];
}

/** Each series against the one of its judge that misses least, question by question. */
function acrossModels(all: readonly SeriesScores[]): Missingness['models'] {
  return seriesByJudge(all).flatMap((group) => {
    const counts = group.map(missingQuestions);
    const [least] = group
      .map((series, index) => ({ series, missing: counts[index] ?? 0 }))
      .sort((a, b) => a.missing - b.missing);
    if (!least || counts.every((count) => count === 0)) return [];
    const pairs = group
      .filter((series) => series !== least.series)
      .map((series) => ({ series, ...discordant(series, least.series) }));
    const raw = pairs.map(({ onlyThis, onlyOther }) => mcNemarExact(onlyThis, onlyOther));
    const adjusted = holm(raw);
    return pairs.map(({ series, onlyThis, onlyOther }, index) => ({
      ...series.names,
      against: least.series.names,
      onlyThis,
      onlyOther,
      p: raw[index] ?? 1,
      adjusted: adjusted[index] ?? 1,
    }));
  });
}

const isMissing = ({ planned, rated }: SeriesScores, place: number) =>
  Number(planned[place]) > 0 && !rated[place];

function missingQuestions(series: SeriesScores): number {
  return series.planned.reduce((sum, _, place) => sum + Number(isMissing(series, place)), 0);
}

function discordant(series: SeriesScores, other: SeriesScores) {
  let [onlyThis, onlyOther] = [0, 0];
  series.planned.forEach((planned, place) => {
    if (planned === 0 || !other.planned[place]) return;
    const [own, others] = [isMissing(series, place), isMissing(other, place)];
    if (own && !others) onlyThis += 1;
    if (others && !own) onlyOther += 1;
  });
  return { onlyThis, onlyOther };
}
