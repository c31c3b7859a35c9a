import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { type SelectedSeries, selectSeries } from '../../series/names/select-series.ts';
import { gatherRepeats } from '../../series/scores/repeats.ts';
import { readRatings } from '../../series/scores/run-ratings.ts';
import type { ScoredSeries } from '../../series/scores/scored-series.ts';
import { readPolicy } from './policy.ts';
import { measureRepeatability, type Repeatability } from './repeatability.ts';

export interface RepeatRequest {
  readonly first: string;
  /** Left out: the first two answers of `first`. */
  readonly second?: string | undefined;
  readonly policy?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The stores of the two sides; mostly one. */
export interface RepeatStores {
  readonly first: RunArchive;
  readonly second: RunArchive;
}

/** Holds a run against itself. Throws InputError, OperatorError. */
export function runAgainstItself(stores: RepeatStores, request: RepeatRequest): Repeatability {
  const { first, second, policy, environment } = request;
  const { value } = readPolicy(policy, environment);
  const one = single(selectSeries(stores.first, [first]), first);
  if (second === undefined) {
    const [before, after] = [ofTrial(stores.first, one, 0), ofTrial(stores.first, one, 1)];
    return measureRepeatability(before, after, value);
  }
  const two = single(selectSeries(stores.second, [second]), second);
  if (stores.first.file === stores.second.file && one.run === two.run && one.label === two.label)
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

/** The answers of one trial to every question, as a series. */
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
  const { judgeKey, scale } = series;
  return { label: `${series.label}, answer ${trial + 1}`, judgeKey, scale, rows };
}
