import type { Json } from '../domain/json.ts';
import type { JudgmentStatus } from '../domain/judgment.ts';

/** A judgment beside the plan: of an anchor, or of an answer that an audit changed. */
export interface PlannedProbe {
  /** Fingerprint of all that decides the judgment; for an anchor also of the run it watches. */
  readonly key: string;
  readonly purpose: 'anchor' | 'audit';
  readonly run: string;
  /** Key of the judge. */
  readonly judge: string;
  /** What was judged and what it is held against. */
  readonly subject: Json;
}

export interface StoredProbe extends Omit<PlannedProbe, 'purpose'> {
  readonly id: number;
  readonly status: JudgmentStatus | 'pending';
  readonly rating: number | null;
  readonly servedModel: string | null;
  readonly systemFingerprint: string | null;
  /** Epoch milliseconds; null while pending. */
  readonly endedAt: number | null;
}

/** A text that a helper model rewrote for audits. */
export interface Rewrite {
  readonly key: string;
  readonly task: 'translate' | 'paraphrase';
  readonly text: string;
}

/** A result of an audit as it is kept. */
export interface StoredAudit {
  readonly judge: string;
  readonly run: string;
  readonly result: Json;
}

/** Reads probes. */
export interface ProbeArchive {
  /** In the order in which they were planned. */
  probesOf(run: string, purpose: PlannedProbe['purpose']): StoredProbe[];
  /** Of these keys, those that the store has. */
  probesByKey(keys: readonly string[]): StoredProbe[];
  audits(run: string): StoredAudit[];
  /** A rewritten text, or null. */
  rewrite(key: string): string | null;
}
