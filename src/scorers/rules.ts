import type { RuleScoring } from '../domain/solution.ts';
import { choice } from './choice/choice.ts';
import type { RuleScorer } from './rule-scorer.ts';
import { shortAnswer } from './short-answer/short-answer.ts';

/** Every scoring that needs no judge; a new one is a file and a line here. */
export const ruleScorers = {
  choice,
  'short-answer': shortAnswer,
} as const satisfies Record<RuleScoring, RuleScorer>;
