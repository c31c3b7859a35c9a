import { openRunStore } from '../../adapters/sqlite/write/run-store.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { type PreparedRun, prepareRun } from '../../prepare/prepare.ts';
import { storePlan } from '../plan.ts';

export interface BatchCommandOptions {
  readonly config: string;
  readonly db: string;
  readonly limit?: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface OpenedRun {
  readonly prepared: PreparedRun;
  readonly store: RunStore;
  readonly runId: string;
}

/** Opens the run of a config, planned, for what is done with it; nothing is called, so no key is needed. */
export async function withPlannedRun<Result>(
  { config, db, limit, environment }: BatchCommandOptions,
  work: (run: OpenedRun) => Promise<Result>,
): Promise<Result> {
  const prepared = await prepareRun(config, { environment, limit, replay: true });
  const store = openRunStore(db);
  try {
    const { id, planned } = store.openRun(prepared.program.definition);
    if (!planned) await storePlan(prepared, store, id, () => undefined);
    return await work({ prepared, store, runId: id });
  } finally {
    store.close();
  }
}
