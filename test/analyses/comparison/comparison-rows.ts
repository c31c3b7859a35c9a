import type {
  Comparison,
  ComparisonRow,
  ComparisonSet,
} from '../../../src/analyses/comparison/schema.ts';
import type { Slice } from '../../../src/series/schema.ts';

/** The first comparison of a set. */
export function only(set: ComparisonSet): Comparison {
  const [comparison] = set.comparisons;
  if (!comparison) throw new Error('no comparison');
  return comparison;
}

/** Its row of a slice. */
export function rowOf(set: ComparisonSet, by: Slice): ComparisonRow {
  const row = only(set).rows.find((entry) => JSON.stringify(entry.by) === JSON.stringify(by));
  if (!row) throw new Error(`no row ${JSON.stringify(by)}`);
  return row;
}
