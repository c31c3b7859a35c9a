import { describe, expect, it } from 'vitest';
import { summarizeRun } from '../../src/analyses/summary/summarize.ts';
import { once, type QuestionSpec, summarySource } from '../analyses/summary/run.ts';

const summarize = (questions: readonly QuestionSpec[]) => summarizeRun(summarySource(questions));

/** The nested vector of `estimateComponents`: MSQ 13.7291667, MSA 1.4375, MSE .3125. */
const VECTOR = [
  [
    [8, 7],
    [6, 6],
  ],
  [
    [9, 9],
    [9, 8],
  ],
  [
    [3, 4],
    [5, 5],
  ],
  [
    [7, 8],
    [7, 6],
  ],
];

describe('repeated answers and judgings', () => {
  const spec = VECTOR.map((answers) => ({ culture: 'Chinese', ratings: { A: answers } }));

  it('tell how much questions, answers and judgings vary', () => {
    const [components] = summarize(spec).components;
    expect(components?.judging?.variance).toBeCloseTo(0.3125, 10);
    expect(components?.answer?.variance).toBeCloseTo(0.5625, 10);
    expect(components?.question.variance).toBeCloseTo(3.0729167, 6);
    // 3.0729167 / (3.0729167 + .5625/2 + .3125/4).
    expect(components?.reliability).toBeCloseTo(0.8953, 4);
  });

  it('give an interval for these very questions from their answers’ spread', () => {
    // Answer means 7.5 6 | 9 8.5 | 3.5 5 | 7.5 6.5: variances 1.125 .125 1.125 .5, halved and summed
    // 1.4375; SE = √1.4375 / 4 = .299739; t(.975; 4) = 2.776445.
    const found = summarize(spec).estimates[0];
    const value = found?.estimate.value ?? Number.NaN;
    expect(value).toBeCloseTo(53.5 / 8, 12);
    expect(found?.frozen?.low).toBeCloseTo(value - 2.776445 * 0.299739, 4);
    expect(found?.frozen?.high).toBeCloseTo(value + 2.776445 * 0.299739, 4);
  });

  it('are not made up where every question was answered and judged once', () => {
    const summary = summarize(
      [3, 5, 8].map((rating) => ({ culture: 'x', ratings: { A: once(rating) } })),
    );
    expect(summary.components).toEqual([]);
    expect(summary.estimates.every(({ frozen }) => frozen === null)).toBe(true);
  });

  it('say nothing of reruns where answers were judged twice but given once', () => {
    const judgedTwice = [
      [8, 7],
      [4, 5],
      [9, 9],
    ].map((judgings) => ({ culture: 'x', ratings: { A: [judgings] } }));
    const summary = summarize(judgedTwice);
    expect(summary.components[0]).toMatchObject({ answer: null, reliability: null });
    expect(summary.estimates[0]?.frozen).toBeNull();
  });
});

describe('the contrast of scopes', () => {
  const question = (culture: string, scope: string, rating: number) => ({
    culture,
    scope,
    ratings: { A: once(rating) },
  });

  it('compares scopes within a culture, where plain means would compare cultures', () => {
    // Worldwide is 1 lower in both cultures, but stands mostly in the culture that is rated higher.
    const spec = [
      ...[5, 6, 4, 5, 5].map((rating) => question('Chinese', 'Nationwide', rating)),
      question('Chinese', 'Worldwide', 4),
      ...[9, 10].map((rating) => question('Arab', 'Nationwide', rating)),
      ...[8, 9, 8.5, 8.5].map((rating) => question('Arab', 'Worldwide', rating)),
    ];
    const [contrast] = summarize(spec).scopeContrasts;
    expect(contrast).toMatchObject({ scope: 'Worldwide', reference: 'Nationwide' });
    expect(contrast?.estimate.value).toBeCloseTo(-1, 12);
    // Squares 2 + .5 + .5 over 4 + 1 + 3 df: s² = 3/8; Σw = 5/6 + 8/6 = 13/6; t(.975; 8) = 2.306004.
    const half = 2.306004 * Math.sqrt(3 / 8 / (13 / 6));
    expect(contrast?.estimate.low).toBeCloseTo(-1 - half, 5);
    expect(contrast?.estimate.n).toBe(5);
  });

  it('has no value where no culture holds both scopes', () => {
    const spec = [question('Chinese', 'Nationwide', 5), question('Arab', 'Worldwide', 9)];
    expect(summarize(spec).scopeContrasts[0]?.estimate).toMatchObject({ value: null, n: 0 });
  });
});
