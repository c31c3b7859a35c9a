/** The public API. What is not here is internal and may change. */

export type { HumanScale, HumanScaleRow } from './analyses/agreement/human-scale/schema.ts';
export {
  type ImportedRatings,
  type ImportRatingsOptions,
  importRatings,
} from './analyses/agreement/import/import-ratings.ts';
export { agreementInStore as agreement } from './analyses/agreement/read.ts';
export type { Agreement, AgreementReport } from './analyses/agreement/schema.ts';
export {
  type AuditOutcome,
  type AuditRequest,
  auditJudge as audit,
} from './analyses/audit/audit.ts';
export type { Audit, AuditFinding } from './analyses/audit/schema.ts';
export { type CompareRequest, compareInStore as compare } from './analyses/comparison/read.ts';
export type { Comparison, ComparisonRow, ComparisonSet } from './analyses/comparison/schema.ts';
export type { Drift } from './analyses/drift/drift.ts';
export { driftInStore as drift } from './analyses/drift/read.ts';
export type { Bridge } from './analyses/equating/equating.ts';
export { bridgeJudges as bridge } from './analyses/equating/read.ts';
export type { CardUse, JudgeCard } from './analyses/judge-card/schema.ts';
export {
  type ReproduceRequest,
  reproduceInStore as reproduce,
} from './analyses/reproduction/read.ts';
export type { ReproducedCell, Reproduction } from './analyses/reproduction/schema.ts';
export type { RunSummary } from './analyses/summary/schema.ts';
export { InputError, type InputProblem, OperatorError } from './domain/errors.ts';
export type { Estimate } from './domain/estimate.ts';
export type { Verdict } from './domain/judgment.ts';
export type { RunEvent, RunListener, Track } from './ports/run-events.ts';
export {
  type CardRequest,
  type JudgeCards,
  readJudgeCards as judgeCards,
} from './report/judge-cards.ts';
export { readSummary as summarize } from './report/read.ts';
export { writeReport } from './report/report.ts';
export { type RunOptions, type RunResult, runConfig as run } from './run/run.ts';
export {
  type ParsedVerdict,
  parseVerdict,
  VERDICT_PARSER_VERSION,
} from './scorers/judge/verdict.ts';
export type { Slice, SliceEstimate } from './series/schema.ts';
