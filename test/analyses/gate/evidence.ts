import { evaluateGate } from '../../../src/analyses/gate/evaluate.ts';
import type {
  FamilyEvidence,
  FloorEvidence,
  GateEvidence,
} from '../../../src/analyses/gate/evidence.ts';
import { gateWarnings, headline } from '../../../src/analyses/gate/present/sentences.ts';
import { policyOf } from './series.ts';

export const whole = { planned: 150, missing: 0 };

/** A family that passes: difference 0, lower bound -0.2 against margins of 0.35 and 0.65. */
export const sound: FamilyEvidence = {
  pair: 0,
  by: {},
  difference: 0,
  se: 0.12,
  lower: -0.2,
  upper: 0.2,
  p: 0.5,
  adjusted: 0.9,
  n: 150,
  gaps: { candidate: whole, baseline: whole },
  worstLower: -0.2,
};

interface Given {
  readonly family?: Partial<FamilyEvidence>;
  readonly floors?: readonly FloorEvidence[];
  /** McNemar's p. */
  readonly uneven?: number;
  readonly evidence?: Partial<GateEvidence>;
}

export function evidenceOf({
  family = {},
  floors = [],
  uneven = 1,
  evidence = {},
}: Given): GateEvidence {
  return {
    design: 'paired',
    drift: [],
    bridged: false,
    pairs: [
      {
        scale: 'rating',
        candidate: 'new',
        baseline: 'old',
        uneven: { test: 'McNemar', p: uneven },
        identical: false,
        rerun: [undefined, undefined],
        leftOut: { candidate: [], baseline: [] },
      },
    ],
    families: [sound, { ...sound, by: { culture: 'Arab' }, ...family }],
    floors,
    ...evidence,
  };
}

export function decide(given: Given, policy: object = {}) {
  const parsed = policyOf(policy);
  const verdict = evaluateGate(evidenceOf(given), parsed);
  return {
    ...verdict,
    headline: headline(verdict, parsed),
    warnings: gateWarnings(verdict, parsed),
  };
}

export const fallen = { difference: -0.9, lower: -1.2, upper: -0.6, p: 0.0005, adjusted: 0.001 };
