import { z } from 'zod';

const name = z.string().trim().min(1, 'must not be blank');

/** How an endpoint takes calls in files, at `run --batch`. */
export const batchSettingSchema = z
  .strictObject({
    deployment: z
      .union([name, z.record(name, name)])
      .optional()
      .meta({
        description:
          'Azure: the deployment with the SKU GlobalBatch or DataZoneBatch; for several models a mapping from `model` to its batch deployment. Without it lines name `model`.',
      }),
    path: z.string().regex(/^\//, 'must begin with /').optional().meta({
      description:
        'What a new batch names as its `endpoint`; by default /chat/completions on Azure and /v1/chat/completions elsewhere.',
    }),
    requests: z.int().min(1).max(100_000).default(50_000).meta({
      description: 'Lines in a file at most.',
    }),
    megabytes: z.number().positive().max(1000).default(190).meta({
      description: 'Size of a file at most, in millions of bytes.',
    }),
    tokens: z.int().min(1).optional().meta({
      description:
        'Prompt tokens that may wait in batches of one deployment at once: its enqueued-token quota. Without it, batches wait when the endpoint says that the quota is full.',
    }),
    inFlight: z.int().min(1).default(8).meta({
      description: 'Batches of one deployment that are under way at most.',
    }),
    lookSeconds: z.number().positive().max(86_400).default(60).meta({
      description: 'Seconds between two looks at a batch, with --wait. Azure asks for at least 60.',
    }),
  })
  .meta({ description: 'With it, `run --batch` sends this endpoint’s calls in files.' });
export type BatchSetting = z.infer<typeof batchSettingSchema>;

/** What lines name as their model. */
export function batchModel({ deployment }: BatchSetting, model: string): string {
  if (deployment === undefined || typeof deployment === 'string') return deployment ?? model;
  return deployment[model] ?? model;
}
