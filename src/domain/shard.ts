import { createHash } from 'node:crypto';

/** One of `count` parts of a run, numbered from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** As it is written and shown: `3/8`. */
export function shardName({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/**
 * Whether a question belongs to a shard: the first 8 bytes of its SHA-256 modulo the count. By the
 * question's text, so that adding questions moves none, every model, style, trial and judge of a
 * question is in one shard, and so are items that share a question and with it the answers.
 */
export function isInShard(question: string, { index, count }: Shard): boolean {
  const hash = createHash('sha256').update(question).digest().readBigUInt64BE();
  return hash % BigInt(count) === BigInt(index - 1);
}
