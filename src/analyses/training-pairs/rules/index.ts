import { admissible, best, type PairRule, pickTied, worst } from './rule.ts';

/** How pairs are made. A new rule is an entry here. */
export const PAIR_RULES = {
  extremes: {
    description: 'the highest rated answer against the lowest, as the paper does',
    pairs: (candidates, options) =>
      pickTied(admissible(best(candidates), worst(candidates), options), options),
  },
  all: {
    description: 'every pair of answers that is far enough apart',
    pairs: (candidates, options) => admissible(candidates, candidates, options),
  },
  random: {
    description: 'the highest rated answer against a lower one drawn at random',
    pairs: (candidates, options) => {
      const [pair] = options.random.shuffle(admissible(best(candidates), candidates, options));
      return pair === undefined ? [] : [pair];
    },
  },
} as const satisfies Record<string, PairRule>;

export type RuleName = keyof typeof PAIR_RULES;
