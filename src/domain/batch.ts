import { z } from 'zod';
import type { Api } from './model-spec.ts';

/**
 * Where a batch stands; each step can be repeated. What ends in -ing was written down before a request
 * whose reply may be lost: whoever resumes asks the endpoint first what became of it.
 */
export const BATCH_STATES = [
  'prepared',
  'uploading',
  'uploaded',
  'submitting',
  'submitted',
  'ended',
  'downloaded',
  'read',
  'cleaned',
  'abandoned',
] as const;
export type BatchProgress = (typeof BATCH_STATES)[number];

/** `files`: carried by hand to an engine that reads files. */
export type BatchTransport = 'api' | 'files';
export const BATCH_WAVES = ['answers', 'judgments'] as const;
export type BatchWave = (typeof BATCH_WAVES)[number];

/** What a line of a batch asks for. `probe`: a judgment beside the plan, as of an anchor. */
export type BatchRole = 'response' | 'judgment' | 'probe';

const counts = z.strictObject({
  total: z.int().nullable(),
  completed: z.int().nullable(),
  failed: z.int().nullable(),
});

/** What a step learned; later values stand for earlier ones. */
export const batchFactsSchema = z
  .strictObject({
    fileId: z.string(),
    batchId: z.string().nullable(),
    /** The `endpoint` that was sent: services disagree on whether it begins with /v1. */
    path: z.string(),
    /** In the endpoint's words, in lower case. */
    status: z.string(),
    outputFileId: z.string().nullable(),
    errorFileId: z.string().nullable(),
    counts: counts.nullable(),
    expiresAt: z.int().nullable(),
    /** Of what was downloaded, as 64 hex digits; null for a file that the batch does not have. */
    outputSha256: z.string().nullable(),
    errorSha256: z.string().nullable(),
    /** Why it waits or was abandoned, for a person. */
    reason: z.string().nullable(),
    /** Prompt tokens that the next batch may have: this one was too large for the endpoint's quota. */
    quotaTokens: z.int().nullable(),
    /** A refusal that says which parameters the model does not take, so that later batches go without. */
    refusal: z
      .strictObject({ position: z.int(), role: z.string(), status: z.int(), body: z.string() })
      .nullable(),
  })
  .partial();
export type BatchFacts = z.infer<typeof batchFactsSchema>;

/** A file of calls to one model, all of one kind. */
export interface Batch {
  readonly id: string;
  readonly run: string;
  /** Its name in the config. */
  readonly endpoint: string;
  /** As the lines name it: on Azure the batch deployment. */
  readonly model: string;
  readonly api: Api;
  readonly wave: BatchWave;
  readonly transport: BatchTransport;
  /** Of the file that is uploaded. */
  readonly sha256: string;
  readonly bytes: number;
  readonly requests: number;
  /** Estimates by length, and by max_tokens. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** What was left out of requests, by `role position`. */
  readonly adaptations: Readonly<Record<string, readonly string[]>>;
}

/** A batch and how far it has come. */
export interface TrackedBatch extends Batch {
  readonly state: BatchProgress;
  /** Epoch milliseconds of its first and its latest step. */
  readonly preparedAt: number;
  readonly at: number;
  readonly facts: BatchFacts;
}

/** One line's call: `key` is what names it in any store, and its custom_id. */
export interface BatchedCall {
  readonly key: string;
  readonly role: BatchRole;
  /** In the run's models or judges. */
  readonly position: number;
  /** Estimates, as of the batch. */
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** The file under which a batch goes up: by it a lost upload is found again. */
export function batchFileName(id: string): string {
  return `care-judge-${id}.jsonl`;
}

/** How many batches and requests are under way or waiting, for sentences. */
export function isInFlight({ state }: Pick<TrackedBatch, 'state'>): boolean {
  return state !== 'read' && state !== 'cleaned' && state !== 'abandoned';
}
