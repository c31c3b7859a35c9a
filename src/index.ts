/** The public API. What is not here is internal and may change. */

import { writeTextFile } from './adapters/files/write-atomically.ts';
import { openRunArchive } from './adapters/sqlite/read/run-archive.ts';
import { openHumanRatingStore } from './adapters/sqlite/write/human-rating-store.ts';
import { openRunStore } from './adapters/sqlite/write/run-store.ts';
import type { AgreementOptions } from './analyses/agreement/agreement.ts';
import {
  type ImportedRatings,
  importRatings as importOwnRatings,
  type ImportRatingsOptions as OwnImport,
} from './analyses/agreement/import/import-ratings.ts';
import { agreementInStore } from './analyses/agreement/read.ts';
import type { AgreementReport } from './analyses/agreement/schema.ts';
import {
  type AuditOutcome,
  auditJudge,
  type AuditRequest as OwnAudit,
} from './analyses/audit/audit.ts';
import { compareStored, type CompareRequest as OwnComparison } from './analyses/comparison/read.ts';
import type { ComparisonSet } from './analyses/comparison/schema.ts';
import type { Drift } from './analyses/drift/drift.ts';
import { driftOfRun } from './analyses/drift/read.ts';
import type { Bridge } from './analyses/equating/equating.ts';
import { type BridgeRequest, bridgeJudges } from './analyses/equating/read.ts';
import {
  type ReproduceRequest as OwnReproduction,
  reproduceInStore,
} from './analyses/reproduction/read.ts';
import type { Reproduction } from './analyses/reproduction/schema.ts';
import type { RunSummary } from './analyses/summary/schema.ts';
import type { RunArchive } from './ports/run-archive.ts';
import {
  type JudgeCards,
  type CardRequest as OwnCards,
  readJudgeCards,
} from './report/judge-cards.ts';
import { readSummary } from './report/read.ts';
import {
  type ReportOptions,
  type WrittenReport,
  writeReport as writeStoredReport,
} from './report/report.ts';
import { runSelector } from './series/names/resolve-run.ts';

export {
  type MergedSource,
  type MergeResult,
  mergeStores as merge,
} from './adapters/sqlite/merge/merge-stores.ts';
export type { HumanScale, HumanScaleRow } from './analyses/agreement/human-scale/schema.ts';
export type { ImportedRatings } from './analyses/agreement/import/import-ratings.ts';
export type { Agreement } from './analyses/agreement/schema.ts';
export type { Audit, AuditFinding } from './analyses/audit/schema.ts';
export type { Comparison, ComparisonRow } from './analyses/comparison/schema.ts';
export type { CardUse, JudgeCard } from './analyses/judge-card/schema.ts';
export type { ReproducedCell } from './analyses/reproduction/schema.ts';
export { InputError, type InputProblem, OperatorError } from './domain/errors.ts';
export type { Estimate } from './domain/estimate.ts';
export type { Verdict } from './domain/judgment.ts';
export type { RunEvent, RunListener, Track } from './ports/run-events.ts';
export { type RunOptions, type RunResult, runConfig as run } from './run/run.ts';
export {
  type ParsedVerdict,
  parseVerdict,
  VERDICT_PARSER_VERSION,
} from './scorers/judge/verdict.ts';
export type { Slice, SliceEstimate } from './series/schema.ts';
export type {
  AgreementReport,
  AuditOutcome,
  Bridge,
  ComparisonSet,
  Drift,
  JudgeCards,
  Reproduction,
  RunSummary,
};

/** A request with the store's file, which is opened for as long as it takes. */
type OfStore<Request> = Request & { readonly db: string };

export type AuditRequest = OfStore<
  Omit<OwnAudit, 'run'> & {
    /** A run's id, its beginning or its name; the newest where it is left out. */
    readonly run?: string;
  }
>;
export type CompareRequest = OfStore<OwnComparison>;
export type ReproduceRequest = OfStore<OwnReproduction>;
export type CardRequest = OfStore<OwnCards>;

/** Agreement over runs of a store, or over its newest. Throws OperatorError where nothing can be compared. */
export function agreement(
  db: string,
  runs: readonly string[],
  options: AgreementOptions,
): AgreementReport {
  return reading(db, (archive) => agreementInStore(archive, runs, options));
}

export type ImportRatingsOptions = Omit<OwnImport, 'open'>;

/**
 * Puts human ratings into a store. Throws InputError with every bad row at once; then nothing is
 * written. The same file again changes nothing.
 */
export async function importRatings(options: ImportRatingsOptions): Promise<ImportedRatings> {
  return await importOwnRatings({ ...options, open: openHumanRatingStore });
}

/** Measures a judge's biases on stored answers. Throws InputError and OperatorError before any call. */
export async function audit({ db, run, ...request }: AuditRequest): Promise<AuditOutcome> {
  const archive = openRunArchive(db);
  try {
    return await auditJudge({ archive, open: openRunStore }, { ...request, run: runSelector(run) });
  } finally {
    archive.close();
  }
}

/** Compares series of a store. Throws OperatorError on selectors and pairs that cannot be compared. */
export function compare({ db, ...request }: CompareRequest): ComparisonSet {
  return reading(db, (archive) => compareStored(archive, request).set);
}

/** Whether each judge of a run, named by its id, still rates as it did. */
export function drift(db: string, run: string): Drift[] {
  return reading(db, (archive) => driftOfRun(archive, run));
}

/** Estimates how one judge's ratings read on another's scale; also as a JSON file. Throws OperatorError. */
export async function bridge({
  db,
  out,
  ...request
}: OfStore<BridgeRequest> & { readonly out?: string | undefined }): Promise<Bridge> {
  const found = reading(db, (archive) => bridgeJudges(archive, request));
  if (out !== undefined) await writeTextFile(out, `${JSON.stringify(found, null, 2)}\n`);
  return found;
}

/** Puts runs of a store beside a result of the paper. Throws OperatorError for what does not fit. */
export function reproduce({ db, ...request }: ReproduceRequest): Reproduction {
  return reading(db, (archive) => reproduceInStore(archive, request));
}

/** The cards of the runs' judges. Throws OperatorError for a run or judge that is not there. */
export function judgeCards({ db, ...request }: CardRequest): JudgeCards {
  return reading(db, (archive) => readJudgeCards(archive, request));
}

/** The figures of one run, of several as one, or of the newest. */
export function summarize(db: string, ...runs: readonly string[]): RunSummary {
  return reading(db, (archive) => readSummary(archive, runs));
}

/** Makes a report from the store alone and writes it. The same store gives the same bytes. */
export async function writeReport({
  db,
  ...options
}: OfStore<ReportOptions>): Promise<WrittenReport> {
  const archive = openRunArchive(db);
  try {
    return await writeStoredReport(archive, options);
  } finally {
    archive.close();
  }
}

/** Opens a store for as long as `read` takes. */
function reading<Result>(db: string, read: (archive: RunArchive) => Result): Result {
  const archive = openRunArchive(db);
  try {
    return read(archive);
  } finally {
    archive.close();
  }
}
