import type { RuleJudgment } from '../../domain/rule-judgment.ts';
import type { RuleScorer } from '../rule-scorer.ts';
import { SHORT_ANSWER_VERSION, scoreShortAnswer } from './score-short-answer.ts';

const UNREAD: RuleJudgment = {
  ...{ status: 'unread', score: null, cause: 'empty', places: null, measures: {} },
};

/**
 * One or several short answers are accepted: as the whole reply or a part that stands by itself
 * (strict), anywhere in the reply (lenient), in BLEnD's way (crowd), and that by votes.
 */
export const shortAnswer: RuleScorer = {
  version: SHORT_ANSWER_VERSION,
  prompting: ['short-answer'],
  measures: ['strict', 'lenient', 'crowd', 'crowd votes'],
  score: ({ text, item }) => {
    const { question, solution } = item;
    if (solution?.scoring !== 'short-answer') throw new Error(`${item.id} wants no short answer`);
    const { answers } = solution;
    const found = scoreShortAnswer({ question, answers }, text);
    if (found.characters === 0) return [UNREAD, UNREAD, UNREAD, UNREAD];
    const measures = { characters: found.characters, echo: Number(found.echo) };
    return [
      scored(Number(found.strict), measures),
      scored(Number(found.lenient)),
      scored(found.crowd),
      scored(found.crowdWeighted),
    ];
  },
};

function scored(score: number, measures: RuleJudgment['measures'] = {}): RuleJudgment {
  return { status: score > 0 ? 'right' : 'wrong', score, cause: null, places: null, measures };
}
