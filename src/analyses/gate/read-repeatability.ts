import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { type SelectedSeries, selectSeries } from '../../series/names/select-series.ts';
import { gatherRepeats } from '../../series/scores/repeats.ts';
import { readRatings } from '../../series/scores/run-ratings.ts';
import type { ScoredSeries } from '../../series/scores/scored-series.ts';
import { seriesInStore } from './baseline/baseline.ts';
import { readPolicy } from './policy.ts';
import { measureRepeatability, type Repeatability } from './repeatability.ts';

export interface RepeatRequest {
  readonly db: string;
  readonly first: string;
  /** Left out: the first two answers of `first`. */
  readonly second?: string | undefined;
  readonly secondDb?: string | undefined;
  readonly policy?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Holds a run against itself. Throws InputError, OperatorError. */
export function runAgainstItself(request: RepeatRequest): Repeatability {
  const { db, first, second, secondDb = db, policy, environment } = request;
  const { value } = readPolicy(policy, environment);
  if (second === undefined) {
    const [one, two] = twoAnswers(db, first);
    return measureRepeatability(one, two, value);
  }
  const one = single(seriesInStore(db, first), first);
  const two = single(seriesInStore(secondDb, second), second);
  if (secondDb === db && one.run === two.run && one.label === two.label)
    throw new OperatorError(
      `"${first}" and "${second}" are the same answers. To use one run, give it alone: it needs two answers a question.`,
    );
  return measureRepeatability(
    { ...one, label: `${one.run}: ${one.label}` },
    { ...two, label: `${two.run}: ${two.label}` },
    value,
  );
}

function single(series: readonly SelectedSeries[], selector: string): SelectedSeries {
  const [only, ...more] = series;
  if (only && more.length === 0) return only;
  throw new OperatorError(
    [
      `"${selector}" means ${series.length} series; name one of them with :MODEL/VARIANT@STYLE%JUDGE:`,
      ...series.map(({ label }) => `  ${label}`),
    ].join('\n'),
  );
}

/** One series as two: the first answer to every question, and the second. */
function twoAnswers(db: string, selector: string): [ScoredSeries, ScoredSeries] {
  const archive = openRunArchive(db);
  try {
    const series = single(selectSeries(archive, db, [selector]), selector);
    return [ofTrial(archive, series, 0), ofTrial(archive, series, 1)];
  } finally {
    archive.close();
  }
}

function ofTrial(archive: RunArchive, series: SelectedSeries, trial: number): ScoredSeries {
  const answers = gatherRepeats(readRatings(archive, series.run).trials())(series.position);
  const keys = new Map(
    [...archive.itemLabels(series.run)].map((item) => [item.key, item.position]),
  );
  const rows = series.rows.map((row) => {
    const ratings = answers?.get(keys.get(row.item) ?? -1)?.get(trial) ?? [];
    const sum = ratings.reduce((total, rating) => total + rating, 0);
    const rated = ratings.length > 0;
    return {
      ...row,
      rating: rated ? sum / ratings.length : null,
      planned: 1,
      rated: rated ? 1 : 0,
    };
  });
  if (rows.every(({ rating }) => rating === null))
    throw new OperatorError(
      `${series.label} has no ${trial === 0 ? 'first' : 'second'} answer to any question. Ask for two (\`trials: { responses: 2 }\` in the config), or name a second run in another store (--second-db).`,
    );
  return { label: `${series.label}, answer ${trial + 1}`, judgeKey: series.judgeKey, rows };
}
