import { z } from 'zod';

/** Why the number of calls allowed in flight at an endpoint changed. */
const LIMIT_CAUSES = [
  'start',
  'growth',
  'rate-limit',
  'timeout',
  /** vLLM said that calls wait in its own queue, or that it had to preempt some. */
  'server-queue',
  /** vLLM said that it has room. */
  'server-idle',
] as const;

const limitChangeSchema = z.strictObject({
  /** Milliseconds since the endpoint was first used in the session. */
  atMs: z.int().nonnegative(),
  limit: z.int().min(1),
  cause: z.enum(LIMIT_CAUSES),
});
export type LimitChange = z.infer<typeof limitChangeSchema>;

/** How many calls were allowed in flight at an endpoint, and how that changed during a session. */
export const concurrencyHistorySchema = z.strictObject({
  endpoint: z.string(),
  /** The config's `concurrency`. */
  ceiling: z.int().min(1),
  changes: z.array(limitChangeSchema),
});
export type ConcurrencyHistory = z.infer<typeof concurrencyHistorySchema>;
