import { openRunArchive } from '../adapters/sqlite/run-archive.ts';
import { OperatorError } from '../domain/errors.ts';
import { type CompareOptions, compareAll } from '../summary/compare.ts';
import type { ComparisonSet } from '../summary/comparison.ts';
import { selectSeries } from './select-series.ts';

export interface CompareRequest extends CompareOptions {
  readonly db: string;
  readonly selectors: readonly string[];
}

/** Compares series of a store. Throws OperatorError on selectors and pairs that cannot be compared. */
export function compareInStore({ db, selectors, ...options }: CompareRequest): ComparisonSet {
  const archive = openRunArchive(db);
  try {
    const series = selectSeries(archive, db, selectors);
    const [only] = series;
    if (series.length < 2)
      throw new OperatorError(
        `"${selectors.join(' ')}" means ${only?.label} alone. Name a second side, for example another run.`,
      );
    return compareAll(series, options);
  } finally {
    archive.close();
  }
}
