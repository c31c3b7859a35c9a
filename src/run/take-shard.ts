import type { RunConfig } from '../config/schema.ts';
import { isInShard, type Shard } from '../domain/shard.ts';
import type { PreparedRun } from '../prepare/prepare.ts';

/**
 * The prepared run as one of its shards executes it. The plan stays whole, so all shards are one run.
 * `budget`, `rpm`, `tpm` and `batch.tokens` are limits of the whole run: each shard has its part of them.
 */
export function takeShard(prepared: PreparedRun, shard: Shard | undefined): PreparedRun {
  if (shard === undefined) return prepared;
  return {
    ...prepared,
    config: shareLimits(prepared.config, shard.count),
    anchors: prepared.anchors.filter(({ question }) => isInShard(question, shard)),
  };
}

function shareLimits(config: RunConfig, count: number): RunConfig {
  const { budget, endpoints } = config;
  const shared = Object.entries(endpoints).map(([name, endpoint]) => [
    name,
    {
      ...endpoint,
      ...(endpoint.rpm !== undefined && { rpm: endpoint.rpm / count }),
      ...(endpoint.tpm !== undefined && { tpm: endpoint.tpm / count }),
      ...(endpoint.batch?.tokens !== undefined && {
        batch: { ...endpoint.batch, tokens: Math.ceil(endpoint.batch.tokens / count) },
      }),
    },
  ]);
  return {
    ...config,
    endpoints: Object.fromEntries(shared),
    ...(budget !== undefined && { budget: { usd: budget.usd / count } }),
  };
}
