import type { GateEvidence } from './evidence.ts';
import type { RuleVerdicts } from './rules/index.ts';
import type { GateStatus } from './rules/rule.ts';

/** A gate's decision with all that it rests on. */
export interface GateVerdict extends RuleVerdicts, Pick<GateEvidence, 'design' | 'bridged'> {
  readonly version: 1;
  readonly verdict: GateStatus;
}
