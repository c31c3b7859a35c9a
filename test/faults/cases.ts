import type { FaultName } from '../../src/adapters/simulator/faults/faults.ts';

/** What becomes of one call that a fault hits every time, or as often as `times` says. */
export interface FaultCase {
  readonly fault: FaultName;
  /** `always`: how the fault ends; a number: how a call that is hit so often comes through. */
  readonly times: number | 'always';
  /** What the store says of the answer: its status, for a failure with the kind behind a colon. */
  readonly answer: string;
  /** The same of the judgment, where the judge's calls are hit. */
  readonly judgment: string;
  /** HTTP requests of one call; null where it depends on the others. */
  readonly requests: number | null;
  readonly ms?: number;
  readonly perSecond?: number;
  readonly azure?: true;
  readonly concurrency?: number;
  /** One question is hit in the place of all: where all fail alike, something else is wrong. */
  readonly one?: `number ${number},`;
  /** Adds to the endpoint. */
  readonly endpoint?: Readonly<Record<string, unknown>>;
}

const COMES_THROUGH = { answer: 'completed', judgment: 'rated' } as const;
const LEFT_PLANNED = { answer: 'pending', judgment: 'pending', times: 'always' } as const;

const failed = (kind: string, requests: number) =>
  ({ answer: `failed: ${kind}`, judgment: `failed: ${kind}`, times: 'always', requests }) as const;

const once = (fault: FaultName, more: Partial<FaultCase> = {}): FaultCase => ({
  fault,
  ...COMES_THROUGH,
  times: 1,
  requests: 2,
  ...more,
});

const FILTERED = {
  answer: 'filtered',
  judgment: 'filtered',
  times: 'always',
  requests: 1,
} as const;

/** Every fault that the simulator knows, sorted as wire facts sort them: by what helps. */
export const FAULT_CASES: readonly FaultCase[] = [
  // At once, uncounted.
  { fault: 'stale-socket', ...COMES_THROUGH, times: 1, requests: null, concurrency: 1 },
  // With a pause, and then recorded under its own name.
  // On a kept-alive socket the first of them counts as a stale one, so requests vary.
  ...(
    ['connection-reset', 'closed-early', 'truncated-length', 'truncated-chunked'] as const
  ).flatMap((fault): FaultCase[] => [
    once(fault, { requests: null }),
    { fault, ...failed('connection', 6), requests: null },
  ]),
  once('late-headers', { ms: 2000 }),
  { fault: 'late-headers', ...failed('timeout', 2), ms: 2000 },
  once('stalled-body', { ms: 2000 }),
  { fault: 'stalled-body', ...failed('timeout', 2), ms: 2000 },
  once('slow-success', { ms: 2000 }),
  once('duplicate-id'),
  { fault: 'duplicate-id', ...failed('server', 6) },
  // Time and size of a whole call are bounded.
  ...(['drip', 'interim-responses'] as const).flatMap((fault): FaultCase[] => [
    once(fault, { ms: 50 }),
    { fault, ...failed('timeout', 2), ms: 50 },
  ]),
  once('huge-200', { endpoint: { maxReplyMb: 1 } }),
  { fault: 'huge-200', ...failed('protocol', 2), endpoint: { maxReplyMb: 1 } },
  once('unreadable-output'),
  { fault: 'unreadable-output', ...failed('protocol', 2) },
  once('error-in-200'),
  once('empty-200'),
  { fault: 'empty-200', ...failed('protocol', 6) },
  once('null-200'),
  once('no-choices'),
  { fault: 'no-choices', ...failed('protocol', 2) },
  once('nan-json'),
  { fault: 'nan-json', ...failed('protocol', 2) },
  once('broken-json'),
  { fault: 'broken-json', ...failed('protocol', 2) },
  once('request-timeout'),
  { fault: 'request-timeout', ...failed('timeout', 6) },
  once('conflict'),
  ...(['empty-500', 'nested-500', 'gateway-502', 'gateway-503', 'gateway-504'] as const).flatMap(
    (fault): FaultCase[] => [
      once(fault),
      { fault, ...failed('server', 6), one: 'number 3,' },
      // All calls of a model, for some time: that is no call's failure.
      { fault, ...LEFT_PLANNED, requests: null },
    ],
  ),
  // The endpoint's trouble, no call's: waited for, uncounted.
  { fault: 'engine-death', ...COMES_THROUGH, times: 1, requests: null, ms: 300 },
  {
    fault: 'backend-down',
    ...COMES_THROUGH,
    times: 1,
    requests: null,
    ms: 300,
    one: 'number 0,',
    concurrency: 1,
  },
  { fault: 'model-loading', ...COMES_THROUGH, times: 1, requests: null, ms: 300 },
  { fault: 'engine-restart', ...COMES_THROUGH, times: 1, requests: null, ms: 300 },
  { fault: 'scaling', ...COMES_THROUGH, times: 1, requests: null, ms: 300 },
  // The rate limit holds back the whole endpoint, and so does a server with too much to do.
  ...(['queue-full', 'overloaded'] as const).flatMap((fault): FaultCase[] => [
    once(fault),
    { fault, ...failed('rate-limit', 12) },
  ]),
  once('rate-limit-ms', { ms: 50, azure: true }),
  once('rate-limit-seconds', { azure: true, ms: 1000 }),
  once('rate-limit-date', { azure: true, ms: 1500 }),
  once('rate-limit-none', { azure: true }),
  { fault: 'rate-limit-none', ...failed('rate-limit', 12), azure: true },
  once('rate-limit-message', { azure: true, ms: 1000 }),
  once('rate-limit-bogus', { azure: true, ms: 1000 }),
  once('rate-limit-reset', { azure: true, ms: 1000 }),
  once('rate-limit-capacity', { azure: true, ms: 1000 }),
  {
    fault: 'rate-limit-burst',
    ...COMES_THROUGH,
    times: 'always',
    requests: null,
    perSecond: 4,
    azure: true,
  },
  once('gzip-error', { azure: true }),
  { fault: 'rate-limit-day', ...failed('quota', 1), azure: true },
  // Final for the item.
  ...(['flat-error', 'nested-error', 'detail-error', 'deep-error'] as const).flatMap(
    (fault): FaultCase[] => [
      { fault, ...failed('bad-request', 1), one: 'number 3,' },
      // Every call refused in the same words: the setting is wrong and not the questions.
      { fault, ...LEFT_PLANNED, requests: null },
    ],
  ),
  ...(
    [
      'context-a',
      'context-a-prompt',
      'context-b',
      'context-b-completion',
      'context-c',
      'context-c-characters',
      'context-c-completion',
      'context-d',
      'context-d-characters',
      'context-d-input',
      'context-llama',
    ] as const
  ).map((fault): FaultCase => ({ fault, ...failed('context-length', 1) })),
  { fault: 'context-azure', ...failed('context-length', 1), azure: true },
  { fault: 'prompt-filtered', ...FILTERED, azure: true },
  { fault: 'prompt-filtered-plural', ...FILTERED, azure: true },
  { fault: 'prompt-filtered-bare', ...FILTERED, azure: true },
  { fault: 'completion-filtered', ...FILTERED, azure: true },
  { fault: 'completion-filtered-absent', ...FILTERED, azure: true },
  { fault: 'completion-filtered-partial', ...FILTERED, azure: true },
  {
    fault: 'reasoning-used-budget',
    answer: 'empty',
    judgment: 'unparsed',
    times: 'always',
    requests: 1,
  },
  // No failure at all: kept, with a note or apart.
  { fault: 'filter-down', ...COMES_THROUGH, times: 'always', requests: 1, azure: true },
  { fault: 'lone-surrogate', ...COMES_THROUGH, times: 'always', requests: 1 },
  { fault: 'content-parts', ...COMES_THROUGH, times: 'always', requests: 1 },
  { fault: 'choices-reversed', ...COMES_THROUGH, times: 'always', requests: 1 },
  { fault: 'think-tags', ...COMES_THROUGH, times: 'always', requests: 1 },
  { fault: 'think-closer', ...COMES_THROUGH, times: 'always', requests: 1 },
  { fault: 'model-swapped', ...COMES_THROUGH, times: 'always', requests: 1 },
  ...(['format-ignored', 'answer-in-english'] as const).map(
    (fault): FaultCase => ({
      fault,
      answer: 'completed',
      judgment: 'unparsed',
      times: 'always',
      requests: 1,
    }),
  ),
  // Learned once, then sent as the model wants it.
  {
    fault: 'unsupported-parameter',
    ...COMES_THROUGH,
    times: 'always',
    requests: null,
    azure: true,
  },
  { fault: 'unsupported-value', ...COMES_THROUGH, times: 'always', requests: null, azure: true },
  { fault: 'streamed-unasked', ...COMES_THROUGH, times: 'always', requests: null },
  // A page in mid-run, after other calls were answered.
  {
    fault: 'html-200',
    ...COMES_THROUGH,
    times: 1,
    requests: null,
    one: 'number 3,',
    concurrency: 1,
  },
  // One message, no storm: the rest stays planned.
  { fault: 'gateway-key', ...LEFT_PLANNED, requests: null },
  { fault: 'gateway-model', ...LEFT_PLANNED, requests: null },
  { fault: 'html-200', ...LEFT_PLANNED, requests: null },
  { fault: 'unauthorized-vllm', ...LEFT_PLANNED, requests: null },
  { fault: 'unauthorized-azure', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'token-expired', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'permission-denied', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'forbidden', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'adapter-missing', ...LEFT_PLANNED, requests: null },
  { fault: 'deployment-not-found', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'retired-404', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'retired-400', ...LEFT_PLANNED, requests: null, azure: true },
  { fault: 'retired-410', ...LEFT_PLANNED, requests: null, azure: true },
];

/** Faults that cannot befall this program's requests, and why. */
export const NOT_APPLICABLE: Readonly<Partial<Record<FaultName, string>>> = {
  'sse-error': 'nothing is streamed',
  'sse-cut': 'nothing is streamed',
  'token-provider-throttled': 'the token service is tested with the credentials',
};
