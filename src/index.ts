/** The public API. What is not here is internal and may change. */

export { agreementInStore as agreement } from './app/agreement.ts';
export { type AuditOutcome, type AuditRequest, auditJudge as audit } from './app/audit.ts';
export { bridgeJudges as bridge } from './app/bridge.ts';
export { type CardRequest, type JudgeCards, readJudgeCards as judgeCards } from './app/card.ts';
export { type CompareRequest, compareInStore as compare } from './app/compare.ts';
export { driftInStore as drift } from './app/drift.ts';
export {
  type ImportedRatings,
  type ImportRatingsOptions,
  importRatings,
} from './app/import-ratings.ts';
export { writeReport } from './app/report.ts';
export { readSummary as summarize } from './app/report-source.ts';
export { type ReproduceRequest, reproduceInStore as reproduce } from './app/reproduce.ts';
export { type RunOptions, type RunResult, runConfig as run } from './app/run.ts';
export { InputError, type InputProblem, OperatorError } from './domain/errors.ts';
export type { Estimate } from './domain/estimate.ts';
export type { Verdict } from './domain/judgment.ts';
export { type ParsedVerdict, parseVerdict, VERDICT_PARSER_VERSION } from './judge/verdict.ts';
export type { RunEvent, RunListener, Track } from './ports/run-events.ts';
export type { Agreement, AgreementReport } from './summary/agreement-report.ts';
export type { Audit, AuditFinding } from './summary/audit.ts';
export type { Bridge } from './summary/bridge.ts';
export type { Comparison, ComparisonRow, ComparisonSet } from './summary/comparison.ts';
export type { Drift } from './summary/drift.ts';
export type { HumanScale, HumanScaleRow } from './summary/human-scale-report.ts';
export type { CardUse, JudgeCard } from './summary/judge-card-report.ts';
export type { ReproducedCell, Reproduction } from './summary/reproduction.ts';
export type { RunSummary, Slice, SliceEstimate } from './summary/run-summary.ts';
