import Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';
import { columnsOf, contentOf } from './columns.ts';
import { DEFINITION } from './plain-tables.ts';

/** A store that is opened for a merge. */
export interface OpenedStore {
  /** As it was named. */
  readonly file: string;
  readonly database: Database.Database;
}

/** Most contradictions that are listed. */
const LISTED = 20;

/**
 * Compares all stores of a merge before anything is written. Throws OperatorError with every
 * contradiction that no rule can settle: other plans, other parsers, other ratings by the same person.
 */
export function refuseContradictions(stores: readonly OpenedStore[]): void {
  const found = [...runContradictions(stores), ...ratingContradictions(stores)];
  if (found.length === 0) return;
  const more = found.length - LISTED;
  throw new OperatorError(
    [
      'Nothing was merged: the stores contradict each other.',
      ...found.slice(0, LISTED).map((line) => `  ${line}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
  );
}

interface RunFacts {
  readonly file: string;
  readonly planKey: string;
  readonly definition: string;
  readonly parsers: string;
}

function runContradictions(stores: readonly OpenedStore[]): string[] {
  const known = new Map<string, RunFacts>();
  const found: string[] = [];
  for (const store of stores) {
    for (const [run, facts] of runsOf(store)) {
      const other = known.get(run);
      if (other === undefined) known.set(run, facts);
      else found.push(...contradictions(run, other, facts));
    }
  }
  return found;
}

function contradictions(run: string, one: RunFacts, other: RunFacts): string[] {
  const files = `${one.file} and ${other.file}`;
  if (one.planKey !== other.planKey)
    return [`run ${run} is a different plan in ${files}; give one of the configs another \`name\``];
  if (one.definition !== other.definition)
    return [
      `run ${run} has other families or juries in ${files}; run the same config on both, which makes no call`,
    ];
  if (one.parsers !== '' && other.parsers !== '' && one.parsers !== other.parsers)
    return [
      `run ${run} was read by verdict parser ${one.parsers} in ${one.file} and ${other.parsers} in ${other.file}; \`care-judge rejudge ${run} --reparse --db FILE\` brings both to one`,
    ];
  return [];
}

function runsOf({ file, database }: OpenedStore): Map<string, RunFacts> {
  const runs = database
    .prepare<[], { id: string; planKey: string }>('SELECT id, plan_key AS planKey FROM runs')
    .all();
  return new Map(
    runs.map(({ id, planKey }) => [
      id,
      { file, planKey, definition: definitionOf(database, id), parsers: parsersOf(database, id) },
    ]),
  );
}

function definitionOf(database: Database.Database, run: string): string {
  const parts = Object.entries(DEFINITION).map(([table, { key, refs }]) => {
    const own = columnsOf(database, table).filter(({ name }) => refs?.[name] === undefined);
    const referred = Object.entries(refs ?? {}).map(
      ([column, target]) => `(SELECT key FROM ${target} WHERE id = t.${column})`,
    );
    const row = `json_array(${[contentOf('t', own), ...referred].join(', ')})`;
    return database
      .prepare<[string], string>(
        `SELECT ${row} FROM ${table} AS t WHERE run = ? ORDER BY ${key.join(', ')}`,
      )
      .pluck()
      .all(run);
  });
  return JSON.stringify(parts);
}

/** Verdicts without a text are not parsed again, so their version says nothing. */
function parsersOf(database: Database.Database, run: string): string {
  return database
    .prepare<[string], number>(
      `SELECT DISTINCT j.parser_version FROM run_responses AS rr
       JOIN run_judgments AS rj ON rj.run_response = rr.id JOIN judgments AS j ON j.id = rj.judgment
       WHERE rr.run = ? AND j.status IN ('rated', 'out-of-range', 'unparsed')
         AND j.parser_version IS NOT NULL ORDER BY 1`,
    )
    .pluck()
    .all(run)
    .join(' and ');
}

interface PersonalRating {
  readonly key: string;
  readonly rater: string;
  readonly occasion: number;
  readonly rating: number;
  readonly answer: string;
}

/** Kept in a temporary database, so that memory does not grow with the ratings. */
function ratingContradictions(stores: readonly OpenedStore[]): string[] {
  const seen = new Database('');
  try {
    seen.exec(`CREATE TABLE ratings (key TEXT, rater TEXT, occasion INTEGER, rating REAL, file TEXT,
      PRIMARY KEY (key, rater, occasion)) WITHOUT ROWID`);
    return stores.flatMap((store) => contradictingRatings(seen, store));
  } finally {
    seen.close();
  }
}

function contradictingRatings(seen: Database.Database, { file, database }: OpenedStore): string[] {
  const add = seen.prepare<unknown[], { rating: number; file: string }>(
    `INSERT INTO ratings VALUES (@key, @rater, @occasion, @rating, @file)
     ON CONFLICT DO UPDATE SET rating = rating RETURNING rating, file`,
  );
  const rows = database
    .prepare<[], PersonalRating>(
      `SELECT a.key, r.rater, r.occasion, r.rating, substr(a.answer, 1, 40) AS answer
       FROM human_ratings AS r JOIN human_answers AS a ON a.id = r.answer`,
    )
    .iterate();
  const found: string[] = [];
  const compare = seen.transaction(() => {
    for (const { answer, ...rating } of rows) {
      const stored = add.get({ ...rating, file });
      if (stored !== undefined && stored.rating !== rating.rating)
        found.push(
          `${rating.rater} gave ${stored.rating} in ${stored.file} and ${rating.rating} in ${file} to the answer ${JSON.stringify(answer)}; import the right one into both`,
        );
    }
  });
  compare();
  return found;
}
