import type { Price } from '../config/schema.ts';
import type { TokenEstimate, Usage } from '../domain/call.ts';
import type { Spending, Spent } from '../domain/spending.ts';
import type { UsageTotal } from '../ports/run-store.ts';
import type { RunProgram } from '../prepare/program.ts';

const PER_MILLION = 1e6;

/** Adds up what a run's calls take, by model and judge, from what the store already had on. */
export interface Ledger {
  /** `usage` is null where the endpoint counted no tokens; `replied`: whether it gave a reply at all. */
  add(
    role: Spending['role'],
    position: number,
    call: {
      readonly usage: Usage | null;
      readonly estimated: TokenEstimate | null;
      readonly replied: boolean;
      readonly batched: boolean;
    },
  ): void;
  /** US dollars of the whole run so far, as far as prices are known; by estimate where tokens are not counted. */
  usd(): number;
  /** Whether any of that is an estimate. */
  estimates(): boolean;
  /** In the order of the run's models and judges; those that are never asked are left out. */
  report(): Spending[];
}

interface Account {
  readonly role: Spending['role'];
  readonly position: number;
  readonly price: Price | null;
  readonly stored: Tokens;
  fresh: Tokens;
}

type Tokens = Omit<Spent, 'usd'>;
type BatchTokens = NonNullable<Tokens['batch']>;

const NO_TOKENS: TokenEstimate = { promptTokens: 0, completionTokens: 0 };
const NOTHING: Tokens = { calls: 0, ...NO_TOKENS, uncounted: 0 };

export function createLedger(
  { models, judges }: Pick<RunProgram, 'models' | 'judges'>,
  stored: readonly UsageTotal[],
): Ledger {
  const account = (role: Spending['role'], position: number, price: Price | null): Account => {
    const total = stored.find((one) => one.role === role && one.position === position);
    return { role, position, price, stored: total ? tokensOf(total) : NOTHING, fresh: NOTHING };
  };
  const accounts = [
    ...models.flatMap(({ price, recorded }, position) =>
      recorded === null ? [account('model', position, price)] : [],
    ),
    ...judges.map(({ price }, position) => account('judge', position, price)),
  ];
  return {
    add: (role, position, { usage, estimated, replied, batched }) => {
      const one = accounts.find((each) => each.role === role && each.position === position);
      if (!one) return;
      one.fresh = {
        calls: one.fresh.calls + 1,
        promptTokens: one.fresh.promptTokens + (usage?.promptTokens ?? 0),
        completionTokens: one.fresh.completionTokens + (usage?.completionTokens ?? 0),
        uncounted: one.fresh.uncounted + (replied && usage === null ? 1 : 0),
        ...withEstimate(one.fresh.estimated, estimated),
        ...withCached(one.fresh.cachedTokens, usage?.cachedTokens ?? null),
        ...withBatch(one.fresh.batch, batched ? usage : null),
      };
    },
    usd: () =>
      accounts.reduce(
        (sum, { price, stored: before, fresh }) =>
          sum + (cost(before, price) ?? 0) + (cost(fresh, price) ?? 0),
        0,
      ),
    estimates: () =>
      accounts.some(
        ({ price, stored: before, fresh }) =>
          price !== null && (before.estimated ?? fresh.estimated) !== undefined,
      ),
    report: () =>
      accounts.map(({ role, position, price, stored: before, fresh }) => ({
        role,
        position,
        fresh: { ...fresh, usd: cost(fresh, price) },
        stored: { ...before, usd: cost(before, price) },
      })),
  };
}

function withEstimate(
  before: TokenEstimate | undefined,
  more: TokenEstimate | null,
): Pick<Tokens, 'estimated'> {
  if (before === undefined && more === null) return {};
  return {
    estimated: {
      promptTokens: (before?.promptTokens ?? 0) + (more?.promptTokens ?? 0),
      completionTokens: (before?.completionTokens ?? 0) + (more?.completionTokens ?? 0),
    },
  };
}

function withCached(before: number | undefined, more: number | null): Pick<Tokens, 'cachedTokens'> {
  return before === undefined && more === null ? {} : { cachedTokens: (before ?? 0) + (more ?? 0) };
}

function withBatch(before: BatchTokens | undefined, usage: Usage | null): Pick<Tokens, 'batch'> {
  if (usage === null) return before === undefined ? {} : { batch: before };
  return {
    batch: {
      promptTokens: (before?.promptTokens ?? 0) + usage.promptTokens,
      completionTokens: (before?.completionTokens ?? 0) + usage.completionTokens,
      cachedTokens: (before?.cachedTokens ?? 0) + (usage.cachedTokens ?? 0),
    },
  };
}

function tokensOf(total: UsageTotal): Tokens {
  const { calls, promptTokens, completionTokens, uncounted, cachedTokens } = total;
  const estimated = {
    promptTokens: total.estimatedPromptTokens,
    completionTokens: total.estimatedCompletionTokens,
  };
  return {
    calls,
    promptTokens,
    completionTokens,
    uncounted,
    ...(estimated.promptTokens + estimated.completionTokens > 0 ? { estimated } : {}),
    ...(cachedTokens > 0 ? { cachedTokens } : {}),
    ...(total.batchPromptTokens > 0
      ? {
          batch: {
            promptTokens: total.batchPromptTokens,
            completionTokens: total.batchCompletionTokens,
            cachedTokens: total.batchCachedTokens,
          },
        }
      : {}),
  };
}

/** US dollars, estimated tokens included; null without a price. */
export function cost(
  tokens: Pick<
    Tokens,
    'promptTokens' | 'completionTokens' | 'cachedTokens' | 'estimated' | 'batch'
  >,
  price: Price | null,
): number | null {
  if (price === null) return null;
  const { estimated = NO_TOKENS, batch = NO_BATCH } = tokens;
  const cached = Math.min(tokens.cachedTokens ?? 0, tokens.promptTokens);
  const online = {
    promptTokens: tokens.promptTokens - batch.promptTokens + estimated.promptTokens,
    completionTokens: tokens.completionTokens - batch.completionTokens + estimated.completionTokens,
    cachedTokens: cached - batch.cachedTokens,
  };
  return priced(online, price) + priced(batch, price.batch ?? price);
}

const NO_BATCH: BatchTokens = { ...NO_TOKENS, cachedTokens: 0 };

/** Cached tokens are among the prompt's. */
function priced(
  { promptTokens, completionTokens, cachedTokens }: BatchTokens,
  price: Omit<Price, 'batch'>,
): number {
  return (
    ((promptTokens - cachedTokens) * price.prompt +
      cachedTokens * (price.cached ?? price.prompt) +
      completionTokens * price.completion) /
    PER_MILLION
  );
}
