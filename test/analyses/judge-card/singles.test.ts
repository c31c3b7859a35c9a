import { describe, expect, it } from 'vitest';
import type { RatedAnswer } from '../../../src/analyses/agreement/levels/pairs.ts';
import { judgeSingles } from '../../../src/analyses/judge-card/singles.ts';

describe('how much farther a judge is from a person than two people are', () => {
  it('is measured on answers that the judge and two people rated', () => {
    const rated = (judge: number, people: readonly number[], question: string): RatedAnswer => ({
      ...{ answer: question, cluster: question, culture: 'Arab', category: null, system: 'M' },
      names: null,
      judges: new Map([['J', judge]]),
      raters: people.map((rating, index) => ({ rater: `r${index}`, rating })),
    });
    // |9-6|, |9-7| less |6-7|: 2.5 - 1; |5-5|, |5-8| less 3: 1.5 - 3; one rater alone says nothing.
    const answers = [rated(9, [6, 7], 'a'), rated(5, [5, 8], 'b'), rated(1, [9], 'c')];
    // Mean of 1.5 and -1.5; SE 1.5, t(.975, 1) = 12.7: ± 19.1, and no difference is beyond 9.
    expect(judgeSingles(answers, ['J'])).toMatchObject({ value: 0, n: 2, low: -9, high: 9 });
    // |8-5|, |8-7| less 2: 0. SE √(2.25/3) = .866025, t(.975, 2) = 4.302653.
    answers.push(rated(8, [5, 7], 'd'));
    const found = judgeSingles(answers, ['J']);
    expect(found).toMatchObject({ value: 0, n: 3 });
    expect(found?.high).toBeCloseTo(0.866025 * 4.302653, 4);
  });
});
