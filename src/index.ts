/** The public API. What is not here is internal and may change. */

export { type CompareRequest, compareInStore as compare } from './app/compare.ts';
export { writeReport } from './app/report.ts';
export { readSummary as summarize } from './app/report-source.ts';
export { type RunOptions, type RunResult, runConfig as run } from './app/run.ts';
export { InputError, type InputProblem, OperatorError } from './domain/errors.ts';
export type { Estimate } from './domain/estimate.ts';
export type { Verdict } from './domain/judgment.ts';
export { type ParsedVerdict, parseVerdict, VERDICT_PARSER_VERSION } from './judge/verdict.ts';
export type { RunEvent, RunListener, Track } from './ports/run-events.ts';
export type { Comparison, ComparisonRow, ComparisonSet } from './summary/comparison.ts';
export type { RunSummary, Slice, SliceEstimate } from './summary/run-summary.ts';
