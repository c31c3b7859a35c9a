import type { GatePolicy } from '../../../domain/gate-policy.ts';
import type { SelectedSeries } from '../../../series/names/select-series.ts';
import type { GateEvidence } from '../evidence.ts';
import type { GateStores } from '../sides.ts';

export type GateStatus = 'pass' | 'fail' | 'inconclusive';

/** What is gated against what, beyond the differences that are measured first. */
export interface GateSides {
  readonly stores: GateStores;
  readonly policy: GatePolicy;
  /** Whoever asked wants to compare in spite of different judges. */
  readonly bridge: boolean;
  /** By pair. */
  readonly candidates: readonly SelectedSeries[];
  /** The same pairs; null where the baseline is no run of a store. */
  readonly baselines: readonly SelectedSeries[] | null;
}

/** What the words of a check can look up. */
export interface CheckContext {
  readonly policy: GatePolicy;
  readonly evidence: Pick<GateEvidence, 'pairs' | 'families'>;
}

/** One thing that a gate looked at, in words. */
export interface GateCheck {
  readonly kind: string;
  readonly name: string;
  readonly status: GateStatus;
  /** One or two sentences that stand by themselves. */
  readonly text: string;
  /** What the verdict's line says of it where it did not pass. */
  readonly brief: string;
}

/**
 * A rule of the gate. Its verdicts are in the JSON under its name in `gateRules`, its checks in every
 * output.
 */
export interface GateRule<Verdict extends { readonly status: GateStatus }> {
  /** Of its checks, for JUnit. */
  readonly kind: string;
  /** What it needs beyond the differences. */
  readonly measure?: (sides: GateSides) => Partial<GateEvidence>;
  readonly decide: (evidence: GateEvidence, policy: GatePolicy) => Verdict[];
  /** null where there is nothing to say. */
  readonly check: (verdict: Verdict, context: CheckContext) => Omit<GateCheck, 'kind'> | null;
  /** Where it does not pass nothing is shown, not even a failure: why. */
  readonly overrules?: string;
}

/** Means of whole numbers miss a bound such as 0.1 by the last bits alone. */
export const ROUNDING = 1e-9;

/** Names come from configs and data: on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ');
}

/** Which of several pairs, where there are several. */
export function ofPair(candidate: string, { pairs }: CheckContext['evidence']): string {
  return pairs.length > 1 ? ` (${oneLine(candidate)})` : '';
}

/** `18 %`, `0.5 %`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** The least drop that fails a family, in the unit that the family is shown in. */
export function shownMinimalDrop(
  { pair }: { readonly pair: number },
  { pairs }: CheckContext['evidence'],
  policy: GatePolicy,
): number {
  return pairs[pair]?.scale === 'accuracy' ? 100 * policy.accuracy.minimalDrop : policy.minimalDrop;
}
