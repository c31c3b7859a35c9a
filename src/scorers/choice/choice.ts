import type { RuleJudgment } from '../../domain/rule-judgment.ts';
import type { RuleScorer, ScorableAnswer } from '../rule-scorer.ts';
import { CHOICE_READER_VERSION, readLetter } from './read-letter.ts';
import { type ProbableReading, readFirstToken, readLikelihoods } from './read-probabilities.ts';
import { type ShownOptions, showOptions } from './shown-options.ts';

/** One of several options is right: the one that the reply names. */
export const choice: RuleScorer = {
  version: CHOICE_READER_VERSION,
  prompting: ['letter'],
  measures: [''],
  score: (answer) => {
    const { item, settings, trial } = answer;
    const { solution } = item;
    if (solution?.scoring !== 'choice') throw new Error(`${item.id} offers no choice`);
    const shown = showOptions(item, solution, { ...settings.options, trial });
    return [judgmentOf(readChoice(answer, shown), shown, solution.gold)];
  },
};

/** From the words of the reply, or from the token probabilities that came with it. */
function readChoice(
  { text, evidence, settings }: ScorableAnswer,
  { offered }: ShownOptions,
): ProbableReading {
  if (evidence === null) return { reading: readLetter(text, offered), measures: {} };
  return evidence.kind === 'first-token'
    ? readFirstToken(offered, evidence)
    : readLikelihoods(evidence, settings.likelihood);
}

function judgmentOf(
  { reading, measures }: ProbableReading,
  { order }: ShownOptions,
  gold: number,
): RuleJudgment {
  const goldPlace = order.indexOf(gold);
  if (reading.status === 'unread') {
    const places = { chosen: null, place: null, goldPlace };
    return { status: 'unread', score: null, cause: reading.reason, places, measures };
  }
  const place = reading.option;
  const right = place === goldPlace;
  return {
    status: right ? 'right' : 'wrong',
    score: right ? 1 : 0,
    cause: null,
    places: { chosen: order[place] ?? null, place, goldPlace },
    measures,
  };
}
