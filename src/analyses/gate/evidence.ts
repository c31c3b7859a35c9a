import type { Estimate } from '../../domain/estimate.ts';
import type { GateFloor } from '../../domain/gate-policy.ts';
import type { Scale } from '../../domain/solution.ts';
import type { RerunNoise } from '../../series/scores/scored-series.ts';
import type { DriftBetween } from '../drift/drift.ts';

/** What a margin is set for: all questions, or those of one culture. */
export interface FamilySlice {
  readonly culture?: string;
}

/** Planned ratings of one side, and those that are not there. */
export interface Gaps {
  readonly planned: number;
  readonly missing: number;
}

export function missingShare({ planned, missing }: Gaps): number {
  return planned === 0 ? 0 : missing / planned;
}

/** A candidate's loss or gain in one family, in rating points. */
export interface FamilyEvidence {
  /** Place in `GateEvidence.pairs`. */
  readonly pair: number;
  readonly by: FamilySlice;
  /** Candidate - baseline over complete pairs; null without any. */
  readonly difference: number | null;
  readonly se: number | null;
  /** One-sided bounds at the policy's alpha; null where the data give none. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** One-sided p of "no drop", by itself and adjusted over all families; null where not testable. */
  readonly p: number | null;
  readonly adjusted: number | null;
  /** Questions rated on both sides; unpaired: the candidate's rated questions. */
  readonly n: number;
  readonly gaps: { readonly candidate: Gaps; readonly baseline: Gaps };
  /** `lower` with the candidate's missing ratings at 1 and the baseline's at 10. */
  readonly worstLower: number | null;
}

/** Whether one side misses more than the other: McNemar's exact test, Fisher's where unpaired. */
export interface Unevenness {
  readonly test: 'McNemar' | 'Fisher';
  readonly p: number;
}

export interface GatePair {
  /** Of the scores: differences and margins are rating points, or shares of right answers. */
  readonly scale: Scale;
  readonly candidate: string;
  readonly baseline: string;
  readonly uneven: Unevenness;
  /** Every question has the same rating on both sides. */
  readonly identical: boolean;
  /** Of candidate and baseline, where answers were repeated. */
  readonly rerun: readonly [RerunNoise | undefined, RerunNoise | undefined];
  /** Ids of questions that only one side has, or that another series of the gate lacks. */
  readonly leftOut: { readonly candidate: readonly string[]; readonly baseline: readonly string[] };
}

/** A candidate's own figure against an absolute bound. */
export interface FloorEvidence {
  readonly scale: Scale;
  readonly candidate: string;
  readonly floor: GateFloor;
  readonly estimate: Estimate;
  readonly gaps: Gaps;
  /** The estimate with every missing rating at 1. */
  readonly worst: Estimate;
}

/** A judge's drift between the two sides. */
export interface DriftEvidence extends DriftBetween {
  /** Whoever asked wants to compare all the same. */
  readonly accepted: boolean;
}

/** All that a gate decides by. */
export interface GateEvidence {
  /** `unpaired`: the baseline is known by its averages only, which needs far more questions. */
  readonly design: 'paired' | 'unpaired';
  /** The judges differ. */
  readonly bridged: boolean;
  readonly pairs: readonly GatePair[];
  readonly families: readonly FamilyEvidence[];
  /** Left out: not looked at. */
  readonly floors?: readonly FloorEvidence[];
  /** What is known of the judges' drift between the sides; left out where it was not looked for. */
  readonly drift?: readonly DriftEvidence[];
}
