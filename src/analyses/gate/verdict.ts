import type { DriftEvidence, FamilyEvidence, FloorEvidence, GatePair } from './evidence.ts';
import type { Needed } from './needed.ts';

export type GateStatus = 'pass' | 'fail' | 'inconclusive';

export interface FamilyVerdict extends FamilyEvidence {
  readonly margin: number;
  readonly status: GateStatus;
  /** Passed, and yet the whole one-sided interval lies below 0. */
  readonly smallDrop: boolean;
  /** Only of families that are inconclusive. */
  readonly needed: Needed | null;
}

/** What a side's missing ratings allow to say. */
export interface CoverageVerdict extends GatePair {
  readonly pair: number;
  readonly status: GateStatus;
  /**
   * `complete`: so little is missing, and so evenly, that complete pairs do. `worst-case-passes`:
   * more, and every family passes with all of it at its worst. `worst-case-open`: it does not.
   * `over-limit`: more than the policy lets pass.
   */
  readonly finding: 'complete' | 'worst-case-passes' | 'worst-case-open' | 'over-limit';
  /** Highest shares missing in any family. */
  readonly missing: { readonly candidate: number; readonly baseline: number };
  /** Families whose worst case does not exclude the margin, by place in `families`. */
  readonly open: readonly number[];
}

export interface FloorVerdict extends FloorEvidence {
  readonly status: GateStatus;
}

/** Whether a judge was the same on both sides, as far as anchors tell. */
export interface DriftVerdict extends DriftEvidence {
  readonly status: 'pass' | 'inconclusive';
}

/** A gate's decision with all that it rests on. */
export interface GateVerdict {
  readonly version: 1;
  readonly verdict: GateStatus;
  readonly design: 'paired' | 'unpaired';
  readonly bridged: boolean;
  readonly families: readonly FamilyVerdict[];
  readonly coverage: readonly CoverageVerdict[];
  readonly floors: readonly FloorVerdict[];
  /** One a judge whose drift between the sides is known. */
  readonly drift: readonly DriftVerdict[];
}
