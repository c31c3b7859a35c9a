import type { Candidate, RatedQuestion } from '../../../src/analyses/training-pairs/candidates.ts';
import type { PairsRequest } from '../../../src/analyses/training-pairs/request.ts';

/** A candidate by its rating and text; the model is named after the text. */
export function candidate(rating: number, text: string): Candidate {
  return { rating, text, ratings: 1, models: [`model ${text}`], run: 'run-1' };
}

export function question(
  key: string,
  candidates: readonly Candidate[],
  fields: Partial<RatedQuestion> = {},
): RatedQuestion {
  return {
    ...{ key, id: key, question: key.repeat(12), reference: `Reference of ${key}`, candidates },
    ...{ culture: 'Chinese', category: 'Opinion', language: 'zh', association: 'Native' },
    cluster: null,
    ...fields,
  };
}

export const REQUEST: PairsRequest = {
  ...{ rule: 'extremes', minGap: 0, ties: 'seed', lengthRatio: null, seed: 0 },
  ...{ maxPerQuestion: Number.POSITIVE_INFINITY, references: false },
  ...{ desirable: null, undesirable: null, method: 'dpo', trainer: 'trl' },
  ...{ cultures: [], association: null, testQuestions: [], split: null, file: 'pairs.jsonl' },
};
