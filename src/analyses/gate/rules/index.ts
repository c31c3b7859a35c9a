import type { GatePolicy } from '../../../domain/gate-policy.ts';
import type { GateEvidence } from '../evidence.ts';
import { coverageRule } from './coverage.ts';
import { driftRule } from './drift.ts';
import { familyRule } from './families.ts';
import { floorRule } from './floors.ts';
import { inPoints } from './in-points.ts';
import type { CheckContext, GateCheck, GateRule, GateSides, GateStatus } from './rule.ts';

/** What a gate asks, by the name under which its JSON has the answers, in the order of all outputs. */
const rules = {
  families: familyRule,
  floors: floorRule,
  coverage: coverageRule,
  drift: driftRule,
} as const;

type RuleName = keyof typeof rules;
type Verdicts = {
  readonly [Name in RuleName]: ReturnType<(typeof rules)[Name]['decide']>[number];
};
export type RuleVerdicts = { readonly [Name in RuleName]: readonly Verdicts[Name][] };

const gateRules: { readonly [Name in RuleName]: GateRule<Verdicts[Name]> } = rules;

export function decideRules(evidence: GateEvidence, policy: GatePolicy): RuleVerdicts {
  return {
    families: rules.families.decide(evidence, policy),
    floors: rules.floors.decide(evidence, policy),
    coverage: rules.coverage.decide(evidence, policy),
    drift: rules.drift.decide(evidence, policy),
  };
}

/** The differences with what the rules measure beyond them. */
export function measureRules(differences: GateEvidence, sides: GateSides): GateEvidence {
  let evidence = differences;
  for (const name of namesOf(gateRules))
    evidence = { ...evidence, ...gateRules[name].measure?.(sides) };
  return evidence;
}

/** All checks of a gate, rule by rule. */
export function gateChecks(decided: RuleVerdicts, policy: GatePolicy): RuleCheck[] {
  const verdicts = inPoints(decided);
  const context = { policy, evidence: { pairs: verdicts.coverage, families: verdicts.families } };
  return namesOf(gateRules).flatMap((name) => checksOf(name, verdicts, context));
}

/** A check with what its rule says where it overrules the others. */
export interface RuleCheck extends GateCheck {
  readonly overrules: string | null;
}

function checksOf<Name extends RuleName>(
  name: Name,
  verdicts: RuleVerdicts,
  context: CheckContext,
): RuleCheck[] {
  const { kind, check, overrules = null } = gateRules[name];
  return verdicts[name].flatMap((verdict) => {
    const found = check(verdict, context);
    return found === null ? [] : [{ kind, ...found, overrules }];
  });
}

function namesOf<Entries extends object>(entries: Entries): Extract<keyof Entries, string>[] {
  const names: Extract<keyof Entries, string>[] = [];
  for (const name in entries) names.push(name);
  return names;
}

/** The statuses of the rules that decide, and whether one that overrules them lets them. */
export function statusesOf(verdicts: RuleVerdicts): {
  readonly deciding: readonly GateStatus[];
  readonly overruled: boolean;
} {
  const all = namesOf(gateRules).map((name) => ({
    statuses: verdicts[name].map(({ status }) => status),
    overrules: gateRules[name].overrules !== undefined,
  }));
  return {
    deciding: all.flatMap(({ statuses, overrules }) => (overrules ? [] : statuses)),
    overruled: all.some(
      ({ statuses, overrules }) => overrules && statuses.some((status) => status !== 'pass'),
    ),
  };
}
