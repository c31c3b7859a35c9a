import type { Json } from '../../../domain/json.ts';

export const METHODS = ['dpo', 'kto', 'simpo', 'sft'] as const;
export type Method = (typeof METHODS)[number];

/** A training row, before provenance is added to it. */
type Row = Readonly<Record<string, Json>>;

export interface PairTexts {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  /** Rating of chosen less that of rejected; null against a reference. */
  readonly gap: number | null;
}

export interface CompletionTexts {
  readonly prompt: string;
  readonly completion: string;
}

/** How a trainer reads each kind of training data; a kind that it cannot read is null. */
export interface Trainer {
  readonly methods: readonly Method[];
  readonly pair: (texts: PairTexts) => Row;
  readonly labelled: ((texts: CompletionTexts & { readonly desirable: boolean }) => Row) | null;
  readonly completion: (texts: CompletionTexts) => Row;
  /** What to put into the trainer's own config, line by line. `file` has the training rows. */
  readonly usage: (method: Method, file: string) => readonly string[];
  /** An entry of a registry that the trainer reads beside its data; null for trainers without one. */
  readonly registry: ((method: Method, file: string) => Row) | null;
}

export const user = (content: string) => ({ role: 'user', content });
export const assistant = (content: string) => ({ role: 'assistant', content });
