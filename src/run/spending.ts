import type { Price } from '../config/schema.ts';
import type { Usage } from '../domain/call.ts';
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
    call: { readonly usage: Usage | null; readonly replied: boolean },
  ): void;
  /** US dollars of the whole run so far, as far as prices and token counts are known. */
  usd(): number;
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

const NOTHING: Tokens = { calls: 0, promptTokens: 0, completionTokens: 0, uncounted: 0 };

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
    add: (role, position, { usage, replied }) => {
      const one = accounts.find((each) => each.role === role && each.position === position);
      if (!one) return;
      one.fresh = {
        calls: one.fresh.calls + 1,
        promptTokens: one.fresh.promptTokens + (usage?.promptTokens ?? 0),
        completionTokens: one.fresh.completionTokens + (usage?.completionTokens ?? 0),
        uncounted: one.fresh.uncounted + (replied && usage === null ? 1 : 0),
      };
    },
    usd: () =>
      accounts.reduce(
        (sum, { price, stored: before, fresh }) =>
          sum + (cost(before, price) ?? 0) + (cost(fresh, price) ?? 0),
        0,
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

function tokensOf({ calls, promptTokens, completionTokens, uncounted }: UsageTotal): Tokens {
  return { calls, promptTokens, completionTokens, uncounted };
}

/** US dollars; null without a price. */
export function cost(
  tokens: Pick<Tokens, 'promptTokens' | 'completionTokens'>,
  price: Price | null,
): number | null {
  if (price === null) return null;
  return (
    (tokens.promptTokens * price.prompt + tokens.completionTokens * price.completion) / PER_MILLION
  );
}
