import { type Coefficient, requireSameLength } from '../../src/stats/agreement/coefficient.ts';
import { at, pick } from '../../src/stats/at.ts';

/** How the n(n-1)/2 pairs of observations are ordered by two measures. */
export interface PairCounts {
  readonly pairs: number;
  readonly concordant: number;
  readonly discordant: number;
  /** Pairs tied in the first, in the second, and in both (which count in each of the former). */
  readonly tiedFirst: number;
  readonly tiedSecond: number;
  readonly tiedBoth: number;
  /** Sizes of the groups of equal values. */
  readonly groupsFirst: readonly number[];
  readonly groupsSecond: readonly number[];
}

/** Sizes of runs of neighbours for which `same` holds. */
function runLengths(length: number, same: (index: number) => boolean): number[] {
  const runs: number[] = [];
  let run = 1;
  for (let index = 1; index <= length; index += 1) {
    if (index < length && same(index)) run += 1;
    else {
      runs.push(run);
      run = 1;
    }
  }
  return length === 0 ? [] : runs;
}

const tiedPairs = (groups: readonly number[]) =>
  groups.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);

/** Merges two sorted runs of `from` into `to`; returns how many pairs stood in strictly falling order. */
function mergeRuns(
  from: Float64Array,
  to: Float64Array,
  run: { start: number; middle: number; end: number },
): number {
  let left = run.start;
  let right = run.middle;
  let exchanges = 0;
  for (let place = run.start; place < run.end; place += 1) {
    const takeRight = left >= run.middle || (right < run.end && at(from, right) < at(from, left));
    if (takeRight) {
      to[place] = at(from, right);
      right += 1;
      exchanges += run.middle - left;
    } else {
      to[place] = at(from, left);
      left += 1;
    }
  }
  return exchanges;
}

/** Sorts a copy bottom-up and counts exchanges. */
function sortCounting(values: Float64Array): { sorted: Float64Array; exchanges: number } {
  let from = values.slice();
  let to = new Float64Array(values.length);
  let exchanges = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      exchanges += mergeRuns(from, to, { start, middle, end });
    }
    [from, to] = [to, from];
  }
  return { sorted: from, exchanges };
}

/**
 * Counts pairs in O(n log n) (Knight 1966, JASA 61): sort by first and second measure, then the
 * exchanges of a merge sort by the second are the discordant pairs. All in doubles, which are exact
 * here up to 10⁸ observations.
 */
export function countPairs(first: readonly number[], second: readonly number[]): PairCounts {
  requireSameLength(first, second);
  const n = first.length;
  const order = Int32Array.from(first, (_, index) => index).sort(
    (a, b) => pick(first, a) - pick(first, b) || pick(second, a) - pick(second, b),
  );
  const x = Float64Array.from(order, (row) => pick(first, row));
  const y = Float64Array.from(order, (row) => pick(second, row));
  const sameX = (index: number) => at(x, index) === at(x, index - 1);
  const groupsFirst = runLengths(n, sameX);
  const groupsBoth = runLengths(n, (index) => sameX(index) && at(y, index) === at(y, index - 1));
  const { sorted, exchanges } = sortCounting(y);
  const groupsSecond = runLengths(n, (index) => at(sorted, index) === at(sorted, index - 1));
  const pairs = (n * (n - 1)) / 2;
  const tiedFirst = tiedPairs(groupsFirst);
  const tiedSecond = tiedPairs(groupsSecond);
  const tiedBoth = tiedPairs(groupsBoth);
  return {
    pairs,
    concordant: pairs - tiedFirst - tiedSecond + tiedBoth - exchanges,
    discordant: exchanges,
    tiedFirst,
    tiedSecond,
    tiedBoth,
    groupsFirst,
    groupsSecond,
  };
}

/**
 * Pairwise accuracy with ties: the share of pairs that both measures order alike or both tie
 * (acc_eq of Deutsch, Foster & Freitag 2023, arXiv 2305.14324). Needs two observations.
 */
export function pairwiseAccuracy(first: readonly number[], second: readonly number[]): Coefficient {
  const counts = countPairs(first, second);
  const n = first.length;
  if (counts.pairs === 0) return { value: null, n, reason: 'too-few' };
  return { value: (counts.concordant + counts.tiedBoth) / counts.pairs, n };
}
