import type { GatePolicy } from '../../domain/gate-policy.ts';
import type { GateEvidence } from './evidence.ts';
import { decideRules, statusesOf } from './rules/index.ts';
import type { GateStatus } from './rules/rule.ts';
import type { GateVerdict } from './verdict.ts';

/**
 * Decides: FAIL where any family or floor fails, PASS where all families, floors and coverage pass,
 * else INCONCLUSIVE, and so wherever a judge drifted between the sides. That all families must exclude
 * their margin needs no correction (intersection-union test); the alarms are adjusted, as any one of them fails the gate. Pure.
 */
export function evaluateGate(evidence: GateEvidence, policy: GatePolicy): GateVerdict {
  const verdicts = decideRules(evidence, policy);
  const { deciding, overruled } = statusesOf(verdicts);
  return {
    version: 1,
    verdict: overruled ? 'inconclusive' : together(deciding),
    design: evidence.design,
    bridged: evidence.bridged,
    ...verdicts,
  };
}

function together(statuses: readonly GateStatus[]): GateStatus {
  if (statuses.includes('fail')) return 'fail';
  return statuses.every((status) => status === 'pass') ? 'pass' : 'inconclusive';
}
