import { openRunArchive } from '../adapters/sqlite/run-archive.ts';
import { OperatorError } from '../domain/errors.ts';
import { simulationNotice } from '../report/simulation.ts';
import { type CompareOptions, compareAll } from '../summary/compare.ts';
import type { ComparisonSet } from '../summary/comparison.ts';
import { selectSeries } from './select-series.ts';

export interface CompareRequest extends CompareOptions {
  readonly db: string;
  /** Two or more sides, or one that matches several: `RUN:MODEL/VARIANT@STYLE%JUDGE`, parts optional. */
  readonly selectors: readonly string[];
}

export interface StoredComparison {
  readonly set: ComparisonSet;
  /** Why the figures measure nothing; null where nothing says so. */
  readonly simulated: string | null;
}

/** Compares series of a store. Throws OperatorError on selectors and pairs that cannot be compared. */
export function compareInStore(request: CompareRequest): ComparisonSet {
  return compareStored(request).set;
}

/** The same, with what a reader must know of its runs. */
export function compareStored({ db, selectors, ...options }: CompareRequest): StoredComparison {
  const archive = openRunArchive(db);
  try {
    const series = selectSeries(archive, db, selectors);
    const [only] = series;
    if (series.length < 2)
      throw new OperatorError(
        `"${selectors.join(' ')}" means ${only?.label} alone. Name a second side, for example another run.`,
      );
    const runs = new Set(series.map(({ run }) => run));
    return {
      set: compareAll(series, options),
      simulated: simulationNotice([...runs].map((run) => archive.loadRun(run))),
    };
  } finally {
    archive.close();
  }
}
