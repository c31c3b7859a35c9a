import {
  AGREEMENT_MEASURES,
  type AgreementMeasure,
  createTableMeasurer,
  type TableMeasurer,
} from '../../../stats/agreement/table-agreement.ts';
import { at, intAt } from '../../../stats/at.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import type { LevelFigures } from '../schema.ts';
import { cellsOf, drawFigures, figuresOf, type LevelInput } from './figures.ts';
import type { PairPlace, RatingPair } from './pairs.ts';

/** Cells of fewer pairs than this say too little, and bootstrap badly. */
const LEAST_PAIRS = 10;

/** Every measure in each culture × model, then their mean weighted by pairs; r and rho by Fisher's z. */
export function withinLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const rows = rowsOfFullCells(input.pairs);
  const pairs = rows.flatMap((index) => input.pairs[index] ?? []);
  const groups = codeLabels(pairs.map(({ place }) => cellName(place)));
  const count = groups.reduce((highest, code) => Math.max(highest, code + 1), 0);
  const cells = cellsOf(pairs);
  const size = cells.scale.first.length * cells.scale.second.length;
  const places = cells.cells.map((cell, pair) => cell + size * intAt(groups, pair));
  const codes = Int32Array.from(rows, (index) => intAt(input.clusters.codes, index));
  const counts = new Float64Array(size * count);
  const measure = createTableMeasurer(cells.scale);
  const statistics = (times: Float64Array) => {
    counts.fill(0);
    for (let pair = 0; pair < places.length; pair += 1) {
      const place = intAt(places, pair);
      counts[place] = at(counts, place) + at(times, intAt(codes, pair));
    }
    return meanOverGroups({ counts, groups: count, size }, measure);
  };
  const results = count === 0 ? [] : drawFigures(input, cells.scale, statistics);
  return {
    units: count,
    figures: figuresOf(AGREEMENT_MEASURES, results, {
      n: pairs.length,
      missing: input.missing,
      method: `mean over ${count} culture × model cells of ${LEAST_PAIRS} and more pairs`,
    }),
  };
}

const cellName = ({ culture, system }: PairPlace) => JSON.stringify([culture, system]);

function rowsOfFullCells(pairs: readonly RatingPair[]): number[] {
  const sizes = new Map<string, number>();
  for (const { place } of pairs) sizes.set(cellName(place), (sizes.get(cellName(place)) ?? 0) + 1);
  return pairs.flatMap(({ place }, index) =>
    place.system !== null && (sizes.get(cellName(place)) ?? 0) >= LEAST_PAIRS ? index : [],
  );
}

const FISHER: readonly AgreementMeasure[] = ['pearson', 'spearman'];
const fisher = AGREEMENT_MEASURES.map((measure) => FISHER.includes(measure));
const within = (limit: number, value: number) => Math.max(-limit, Math.min(limit, value));

/**
 * What is averaged in place of a value. A perfect correlation in a small cell must not outweigh all
 * others, nor ICC(2,k) where rows hardly differ: its denominator passes 0 there.
 */
const TERMS = AGREEMENT_MEASURES.map((measure) => {
  if (FISHER.includes(measure)) return (value: number) => Math.atanh(within(0.999, value));
  return measure === 'iccAverage' ? (value: number) => within(1, value) : null;
});

interface GroupCounts {
  readonly counts: Float64Array;
  readonly groups: number;
  readonly size: number;
}

function meanOverGroups(
  { counts, groups, size }: GroupCounts,
  measure: TableMeasurer,
): Float64Array {
  const sums = new Float64Array(AGREEMENT_MEASURES.length);
  const weights = new Float64Array(AGREEMENT_MEASURES.length);
  for (let group = 0; group < groups; group += 1) {
    const own = counts.subarray(group * size, (group + 1) * size);
    const n = own.reduce((sum, value) => sum + value, 0);
    // A resample may leave little of a cell; Fisher's weight is n - 3.
    if (n > 3) addGroup(measure(own), n, { sums, weights });
  }
  for (let index = 0; index < sums.length; index += 1) {
    const mean = at(sums, index) / at(weights, index);
    sums[index] = fisher[index] ? Math.tanh(mean) : mean;
  }
  return sums;
}

function addGroup(
  values: Float64Array,
  n: number,
  { sums, weights }: { readonly sums: Float64Array; readonly weights: Float64Array },
): void {
  for (let index = 0; index < values.length; index += 1) {
    const value = at(values, index);
    if (Number.isNaN(value)) continue;
    const weight = fisher[index] ? n - 3 : n;
    const term = TERMS[index]?.(value) ?? value;
    sums[index] = at(sums, index) + weight * term;
    weights[index] = at(weights, index) + weight;
  }
}
