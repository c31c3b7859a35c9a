import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../../src/analyses/agreement/agreement.ts';
import type { RatedAnswer } from '../../../src/analyses/agreement/levels/pairs.ts';
import { agreementReportSchema } from '../../../src/analyses/agreement/schema.ts';
import { createRandom } from '../../../src/stats/random/random.ts';

import { answer, describeAnswers, figure, only, source } from './answers.ts';

/** Models of different level whose answers the judge cannot tell apart within a model. */
function pooledOnly(): RatedAnswer[] {
  const random = createRandom('pooled only');
  return [2, 5, 8].flatMap((level, system) =>
    Array.from({ length: 60 }, (_, question) =>
      answer({
        system: `model ${system}`,
        cluster: `question ${question}`,
        judge: level + random.int(3) - 1,
        people: [level + random.int(3) - 1],
      }),
    ),
  );
}

describe('agreement of judge and people', () => {
  it('pairs the judge with every rater of an answer, and counts answers the judge left out', () => {
    const agreement = describeAnswers([
      answer({ judge: 7, people: [6, 8] }),
      answer({ judge: 9, people: [9] }),
      answer({ judge: null, people: [5] }),
      answer({ judge: 4 }),
    ]).find(({ kind }) => kind === 'judge-human');
    expect(agreement?.slices[0]).toMatchObject({ pairs: 3, answers: 2, missing: 1 });
    // Differences 7-6, 7-8, 9-9.
    expect(agreement && figure(agreement, 'bias').value).toBeCloseTo(0, 12);
    expect(agreement && figure(agreement, 'exact')).toMatchObject({
      value: 1 / 3,
      n: 3,
      missing: 1,
    });
  });

  it('says that pooling flatters where all agreement lies between models', () => {
    const agreement = only(describeAnswers(pooledOnly()));
    // Levels 2, 5, 8 (variance 6) with independent noise of variance 2/3: r = 6 / (6 + 2/3) = .9.
    expect(figure(agreement, 'pearson').value).toBeCloseTo(0.9, 1);
    const within = figure(agreement, 'pearson', { level: 'within' });
    expect(within.low).toBeLessThan(0);
    expect(within.high).toBeGreaterThan(0);
    expect(figure(agreement, 'pearson', { level: 'system' })).toMatchObject({ n: 3 });
    expect(agreement.explanation[0]).toContain('pooling flatters');
    expect(agreement.explanation[0]).toMatch(/90 % of the variance of the ratings by J/);
  });

  it('takes the mean of the questions’ own coefficients at the level of questions', () => {
    // Question a: orders alike, r 1. Question b: reversed, r -1. Question c: the judge ties, undefined.
    const agreement = only(
      describeAnswers([
        answer({ cluster: 'a', system: 'x', judge: 1, people: [2] }),
        answer({ cluster: 'a', system: 'y', judge: 5, people: [9] }),
        answer({ cluster: 'b', system: 'x', judge: 3, people: [4] }),
        answer({ cluster: 'b', system: 'y', judge: 6, people: [2] }),
        answer({ cluster: 'c', system: 'x', judge: 6, people: [2] }),
        answer({ cluster: 'c', system: 'y', judge: 6, people: [4] }),
      ]),
    );
    expect(figure(agreement, 'pearson', { level: 'question' })).toMatchObject({ value: 0, n: 2 });
    // Pairs ordered alike: 1, 0 and 0 of one each.
    expect(figure(agreement, 'pairwiseAccuracy', { level: 'question' }).value).toBeCloseTo(
      1 / 3,
      12,
    );
    expect(figure(agreement, 'pearson', { level: 'system' })).toMatchObject({ value: null });
  });
});

describe('the parts of an agreement', () => {
  it('has intervals that hold the value, the same for the same seed', () => {
    const answers = pooledOnly();
    const first = describeAgreement(source(answers), { seed: 3, resamples: 300 });
    expect(describeAgreement(source(answers), { seed: 3, resamples: 300 })).toEqual(first);
    expect(agreementReportSchema.parse(first)).toEqual(first);
    const figures = first.agreements
      .flatMap(({ slices }) => slices.flatMap(({ levels }) => levels))
      .flatMap((level) => Object.values(level.figures))
      .filter(({ low }) => low !== null);
    expect(figures.length).toBeGreaterThan(30);
    expect(
      figures.filter(
        ({ value, low, high }) => !(Number(low) <= Number(value) && Number(value) <= Number(high)),
      ),
    ).toEqual([]);
  });

  it('gives the mean human rating, with its n, where the judge gave a rating', () => {
    const agreement = only(
      describeAnswers([
        answer({ judge: 8, people: [6] }),
        answer({ judge: 8, people: [7] }),
        answer({ judge: 8, people: [8] }),
        answer({ judge: 3, people: [3] }),
      ]),
    );
    // t(2) = 4.302653 times sd 1 / √3 about 7.
    const point = agreement.curve.find(({ rating }) => rating === 8)?.estimate;
    expect(point).toMatchObject({ value: 7, n: 3 });
    expect(point?.low).toBeCloseTo(7 - 4.302653 / Math.sqrt(3), 5);
    expect(agreement.curve.find(({ rating }) => rating === 3)?.estimate).toMatchObject({
      low: null,
    });
    expect(agreement.distribution.filter(({ side }) => side === 'first')).toEqual([
      { culture: null, side: 'first', rating: 3, count: 1 },
      { culture: null, side: 'first', rating: 8, count: 3 },
    ]);
  });

  it('slices by culture and category', () => {
    const agreement = only(
      describeAnswers([
        answer({ culture: 'Arab', judge: 8, people: [6] }),
        answer({ culture: 'Chinese', category: 'Literacy', judge: 8, people: [8] }),
        answer({ culture: 'Chinese', judge: 5, people: [5] }),
      ]),
    );
    expect(agreement.slices.map(({ by, pairs }) => [by, pairs])).toEqual([
      [{}, 3],
      [{ culture: 'Chinese' }, 2],
      [{ culture: 'Arab' }, 1],
      [{ category: 'Opinion' }, 2],
      [{ category: 'Literacy' }, 1],
      [{ culture: 'Chinese', category: 'Opinion' }, 1],
      [{ culture: 'Chinese', category: 'Literacy' }, 1],
      [{ culture: 'Arab', category: 'Opinion' }, 1],
    ]);
    expect(figure(agreement, 'bias', { culture: 'Arab' }).value).toBe(2);
  });
});

describe('agreement of people, and of judges', () => {
  it('gives Krippendorff’s alpha of three raters with missing ratings', () => {
    // inspect_ai’s units [1,1,0],[0,0]: nominal 1/3; +1 keeps them on the scale.
    const agreement = only(
      describeAnswers([answer({ people: [2, 2, 1] }), answer({ people: [1, 1] })], []),
    );
    expect(agreement).toMatchObject({ kind: 'human-human', raters: 3 });
    expect(figure(agreement, 'alphaNominal').value).toBeCloseTo(1 / 3, 12);
    expect(agreement.slices[0]?.pairs).toBe(4);
  });

  it('counts a text that two models gave once between people', () => {
    const same = { answer: 'the same', people: [4, 6] };
    const agreement = only(
      describeAnswers([answer({ ...same, system: 'x' }), answer({ ...same, system: 'y' })], []),
    );
    expect(agreement.slices[0]?.pairs).toBe(1);
  });

  it('compares two judges on the answers both rated', () => {
    const judges = (one: number | null, other: number) =>
      new Map([
        ['J', one],
        ['K', other],
      ]);
    const agreement = only(
      describeAnswers(
        [
          answer({ judges: judges(7, 5) }),
          answer({ judges: judges(null, 5) }),
          answer({ judges: judges(3, 3) }),
        ],
        ['J', 'K'],
      ),
    );
    expect(agreement).toMatchObject({ kind: 'judge-judge', first: 'J', second: 'K' });
    expect(agreement.slices[0]).toMatchObject({ pairs: 2, missing: 1 });
    expect(figure(agreement, 'bias').value).toBe(1);
  });
});
