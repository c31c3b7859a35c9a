import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';
import { mayBeWritten, openDatabase, translateErrors } from '../open-database.ts';
import { identityOf, lockForWriting } from '../write/write-lock.ts';
import {
  addPlannedCalls,
  type CallTally,
  clearCallTables,
  mergeJudgments,
  mergeProbes,
  mergeResponses,
  prepareCallTables,
} from './calls.ts';
import { type MergeConflict, nameConflicts } from './conflicts.ts';
import {
  mergeAnswerLanguages,
  mergeBatchSteps,
  mergeHumanRatings,
  mergePlainTables,
  mergeSessions,
} from './plain-tables.ts';
import { mergePlans } from './plan.ts';
import { type OpenedStore, refuseContradictions } from './refusals.ts';
import { mergeRuleJudgments } from './rule-judgments.ts';
import { type RunState, runStates } from './run-states.ts';

/** What was taken from one store. */
export interface MergedSource {
  readonly file: string;
  readonly answers: CallTally;
  readonly judgments: CallTally;
  /** Judgments of anchors and audits. */
  readonly probes: CallTally;
  readonly humanRatings: number;
}

export interface MergeResult {
  readonly store: string;
  readonly sources: readonly MergedSource[];
  /** The first thousand; the tallies of the sources count all. */
  readonly conflicts: readonly MergeConflict[];
  /** Every run of the merged store. */
  readonly runs: readonly RunState[];
}

const CONFLICTS_NAMED = 1000;

/**
 * Makes `target` the union of itself, if it is there, and the sources, by keys of content. The union is
 * the same in any order of merging and however often a store is merged. Throws OperatorError, and
 * writes nothing, where a source is the target, is being written, is of a newer program or contradicts
 * another. Each source is taken in one transaction: after a crash the same merge completes.
 */
export function mergeStores(target: string, sources: readonly string[]): MergeResult {
  const named = distinct(target, sources);
  const locks: (() => void)[] = [];
  const opened: OpenedStore[] = [];
  try {
    locks.push(lockForWriting(target));
    for (const file of named) {
      opened.push({ file, database: openDatabase(file, 'read') });
      if (mayBeWritten(file)) locks.push(lockForWriting(file));
    }
    return mergeOpened(target, opened);
  } finally {
    for (const { database } of opened) database.close();
    for (const unlock of locks) unlock();
  }
}

/** A store under two names is one, whatever kind of link leads to it. */
function distinct(target: string, sources: readonly string[]): string[] {
  const files = new Map(sources.map((file) => [identityOf(file) ?? file, file]));
  const own = files.get(identityOf(target) ?? target);
  if (own !== undefined)
    throw new OperatorError(
      `${own}: is the store to merge into. Name another file first: care-judge merge OUT IN…`,
    );
  return [...files.values()];
}

function mergeOpened(target: string, sources: readonly OpenedStore[]): MergeResult {
  const before = existsSync(target)
    ? [{ file: target, database: openDatabase(target, 'read') }]
    : [];
  try {
    refuseContradictions([...before, ...sources]);
  } finally {
    for (const { database } of before) database.close();
  }
  const database = openDatabase(target, 'write');
  try {
    return translateErrors(target, () => mergeAll(database, target, sources));
  } finally {
    database.close();
  }
}

function mergeAll(
  database: Database.Database,
  store: string,
  sources: readonly OpenedStore[],
): MergeResult {
  const conflicts: MergeConflict[] = [];
  prepareCallTables(database);
  const merged = inOrder(sources).map((source) => {
    // Not its file: what was opened may be a copy of it.
    database.prepare('ATTACH ? AS source').run(source.database.name);
    try {
      const limit = CONFLICTS_NAMED - conflicts.length;
      const { found, ...tallies } = database
        .transaction(() => mergeSource(database, { file: source.file, limit }))
        .immediate();
      conflicts.push(...found);
      return tallies;
    } finally {
      database.exec('DETACH source');
    }
  });
  const files = sources.map(({ file }) => file);
  return {
    store,
    sources: merged.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file)),
    conflicts,
    runs: runStates(database),
  };
}

function mergeSource(
  database: Database.Database,
  source: { readonly file: string; readonly limit: number },
): MergedSource & { readonly found: readonly MergeConflict[] } {
  const { file } = source;
  clearCallTables(database);
  mergePlainTables(database);
  const newCalls = addPlannedCalls(database);
  mergePlans(database, { file, newCalls });
  mergeSessions(database);
  mergeBatchSteps(database);
  const answers = mergeResponses(database);
  const judgments = mergeJudgments(database);
  const probes = mergeProbes(database);
  mergeAnswerLanguages(database);
  mergeRuleJudgments(database);
  const humanRatings = mergeHumanRatings(database);
  const found = nameConflicts(database, source);
  return { file, answers, judgments, probes, humanRatings, found };
}

/**
 * By when they were begun, whatever the order in which they were named: runs keep the order in which
 * they were made, so that the newest is the newest.
 */
function inOrder(sources: readonly OpenedStore[]): OpenedStore[] {
  const begun = ({ database }: OpenedStore) =>
    database
      .prepare<[], string | null>(
        `SELECT printf('%020d', coalesce(json_extract(provenance, '$.startedAt'), 0)) || provenance AS begun
         FROM sessions ORDER BY begun LIMIT 1`,
      )
      .pluck()
      .get() ?? '';
  return sources
    .map((source) => ({ source, begun: begun(source) }))
    .toSorted((a, b) => (a.begun < b.begun ? -1 : Number(a.begun > b.begun)))
    .map(({ source }) => source);
}
