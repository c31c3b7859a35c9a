import { z } from 'zod';
import { jsonSchema } from './json.ts';

/** Sampling parameters, sent exactly as written; unknown keys pass through to the server. */
export const decodingSchema = z.record(z.string(), jsonSchema);
export type Decoding = z.infer<typeof decodingSchema>;

export const apiSchema = z.enum(['chat', 'completions']);
export type Api = z.infer<typeof apiSchema>;

/**
 * What decides a model's answers, apart from the prompt. No URL and no key: a model that moves to
 * another server keeps its answers. Name and variant are part of it, so that two checkpoints served
 * under one name never share an answer.
 */
export interface ModelSpec {
  readonly name: string;
  readonly variant: string | null;
  /** The name the endpoint knows it by; null for answers recorded elsewhere. */
  readonly model: string | null;
  readonly api: Api;
  readonly decoding: Decoding;
}
