import type { BatchFaultName } from '../../src/adapters/simulator/batch/faults/index.ts';

/** What becomes of a run of 12 questions whose batches meet a fault. */
export interface BatchCase {
  readonly fault: BatchFaultName;
  readonly times: number | 'always';
  /** Judgments with a rating at the end, of 12. */
  readonly rated: number;
  /** Invocations of `run --batch --wait` that it takes. */
  readonly invocations: number;
  /** Calls that the endpoint made. More than 24: results that it lost, or errors that are worth another try. */
  readonly calls: number;
  /** What a person is told; null where nothing needs to be. */
  readonly notice: RegExp | null;
  /** What becomes of the calls that are hit. */
  readonly recordedAs: string;
}

const WHOLE = { times: 1, rated: 12, invocations: 1, calls: 24, notice: null } as const;

/**
 * Every fault of files and batches. Files hold five lines, so answers go out in three batches. What
 * spoils a batch spoils five calls; what spoils half of one leaves two that were never made.
 */
export const BATCH_CASES: readonly BatchCase[] = [
  { fault: 'lost-upload', ...WHOLE, recordedAs: 'found by its name' },
  { fault: 'file-quota', ...WHOLE, notice: /takes no more files/, recordedAs: 'waits' },
  { fault: 'lost-create', ...WHOLE, recordedAs: 'found by its file' },
  { fault: 'token-limit-at-create', ...WHOLE, recordedAs: 'waits' },
  { fault: 'token-limit-later', ...WHOLE, recordedAs: 'waits' },
  {
    fault: 'invalid-line',
    ...WHOLE,
    invocations: 2,
    notice: /was refused by endpoint "only" as a whole: invalid_json_line: line 7/,
    recordedAs: 'planned',
  },
  { fault: 'look-503', ...WHOLE, recordedAs: 'looked at again' },
  {
    fault: 'look-401',
    ...WHOLE,
    invocations: 2,
    notice: /Batches of endpoint "only" are left as they are: .*refused access/,
    recordedAs: 'left as it is',
  },
  { fault: 'slow', ...WHOLE, recordedAs: 'waits' },
  // Three of five lines were called, the others go out again.
  { fault: 'expired', ...WHOLE, recordedAs: 'planned (2)' },
  { fault: 'cancelled', ...WHOLE, recordedAs: 'planned (2)' },
  // Called, and their results are nowhere.
  { fault: 'no-file-ids', ...WHOLE, calls: 29, notice: /5 absent/, recordedAs: 'planned (5)' },
  {
    fault: 'content-404',
    ...WHOLE,
    notice: /does not have the results/,
    recordedAs: 'asked again',
  },
  // Every download of that file is cut, so one call's result is lost.
  {
    fault: 'cut-line',
    ...WHOLE,
    calls: 25,
    notice: /1 absent.*1 unreadable/,
    recordedAs: 'planned (1)',
  },
  { fault: 'byte-order-mark', ...WHOLE, recordedAs: 'looked through' },
  { fault: 'absent-line', ...WHOLE, calls: 25, notice: /1 absent/, recordedAs: 'planned (1)' },
  { fault: 'doubled-line', ...WHOLE, notice: /1 more than once/, recordedAs: 'counted, read once' },
  {
    fault: 'unknown-line',
    ...WHOLE,
    notice: /1 with an id that is none of its own \(never-sent\)/,
    recordedAs: 'counted',
  },
  { fault: 'all-failed', ...WHOLE, calls: 29, recordedAs: 'planned (5)' },
  { fault: 'server-error-line', ...WHOLE, calls: 25, recordedAs: 'planned (1)' },
  {
    fault: 'server-error-line',
    ...WHOLE,
    times: 'always',
    // The first line of every file. Answers: 12, then the first three again, of which one fails twice more
    // (12 + 3 + 1). Judgments: of nine answers in two files, then those two again with the two answers that
    // came late, then the last (9 + 4 + 1). One answer and one judgment fail for good.
    rated: 10,
    calls: 30,
    recordedAs: 'failed after three',
  },
  // One answer less to judge.
  { fault: 'filtered-line', ...WHOLE, rated: 11, calls: 23, recordedAs: 'filtered' },
  // All but max_tokens was right: all lines of the first batch go out again without it.
  { fault: 'refused-parameter', ...WHOLE, calls: 29, recordedAs: 'planned (5), adapted' },
  {
    fault: 'refused-lines',
    ...WHOLE,
    calls: 29,
    invocations: 2,
    notice: /All 5 calls of batch .* were refused in the same words/,
    recordedAs: 'planned (5)',
  },
];
