import type { ComparisonRow, ComparisonSet } from './schema.ts';

const HUNDRED = 100;

/**
 * A comparison as people read it: shares of right answers in percent and their differences in points of
 * a hundred. Ratings stay as they are.
 */
export function inPoints(set: ComparisonSet): ComparisonSet {
  if (set.scale === 'rating') return set;
  return {
    ...set,
    comparisons: set.comparisons.map((pair) => ({ ...pair, rows: pair.rows.map(rowInPoints) })),
  };
}

function rowInPoints(row: ComparisonRow): ComparisonRow {
  const { bounds } = row;
  return {
    ...row,
    candidate: points(row.candidate),
    baseline: points(row.baseline),
    difference: points(row.difference),
    low: points(row.low),
    high: points(row.high),
    se: points(row.se),
    detectable: points(row.detectable),
    bounds: bounds && { low: HUNDRED * bounds.low, high: HUNDRED * bounds.high },
  };
}

function points(value: number | null): number | null {
  return value === null ? null : HUNDRED * value;
}
