import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { type SelectedSeries, selectSeries } from '../../series/names/select-series.ts';
import { simulationNotice } from '../../series/names/simulation.ts';
import { driftBetweenRuns, judgesBehind } from '../drift/read.ts';
import { betweenSentence } from '../drift/sentences.ts';
import { readBridge } from '../equating/read.ts';
import { type CompareOptions, compareAll } from './compare.ts';
import { compareAcrossBridge } from './compare-equated.ts';
import type { ComparisonSet } from './schema.ts';

export interface CompareRequest extends CompareOptions {
  readonly db: string;
  /** Two or more sides, or one that matches several: `RUN:MODEL/VARIANT@STYLE%JUDGE`, parts optional. */
  readonly selectors: readonly string[];
  /** A file of `care-judge equate`. */
  readonly bridgeFile?: string | undefined;
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
export function compareStored({
  db,
  selectors,
  bridgeFile,
  ...options
}: CompareRequest): StoredComparison {
  const archive = openRunArchive(db);
  try {
    const series = selectSeries(archive, db, selectors);
    const [only] = series;
    if (series.length < 2)
      throw new OperatorError(
        `"${selectors.join(' ')}" means ${only?.label} alone. Name a second side, for example another run.`,
      );
    if (!options.bridge) refuseDrift(archive, series);
    const runs = new Set(series.map(({ run }) => run));
    return {
      set:
        bridgeFile === undefined
          ? compareAll(series, options)
          : carryAndCompare(series, bridgeFile, options),
      simulated: simulationNotice([...runs].map((run) => archive.loadRun(run))),
    };
  } finally {
    archive.close();
  }
}

function carryAndCompare(
  series: readonly SelectedSeries[],
  file: string,
  options: CompareOptions,
): ComparisonSet {
  const [candidate, baseline, ...more] = series;
  if (!candidate || !baseline || more.length > 0)
    throw new OperatorError('A bridge carries one side of a pair: name two sides.');
  return compareAcrossBridge([candidate, baseline], readBridge(file), options);
}

/** Throws OperatorError where anchors show that a judge changed between two of the series' runs. */
function refuseDrift(archive: RunArchive, series: readonly SelectedSeries[]): void {
  const judges = new Map(
    series.flatMap(({ run, position }) =>
      judgesBehind(archive.loadRun(run).definition, position.judge).map(
        (judge) => [`${judge} ${run}`, { archive, run, judge }] as const,
      ),
    ),
  );
  const all = [...judges.values()];
  for (const [index, later] of all.entries()) {
    for (const earlier of all.slice(index + 1)) {
      const between = driftBetweenRuns(later, earlier);
      const reason = between?.shifted ? betweenSentence(between) : null;
      if (reason !== null)
        throw new OperatorError(
          `${later.run} and ${earlier.run} cannot be compared. ${reason} --allow-mixed-judges compares all the same.`,
        );
    }
  }
}
