import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../../src/analyses/agreement/agreement.ts';
import { humanScale } from '../../../src/analyses/agreement/human-scale/human-scale.ts';
import { humanScaleSentences } from '../../../src/analyses/agreement/present/human-scale-sentences.ts';
import { agreementSentences } from '../../../src/analyses/agreement/present/sentences.ts';
import { answer, source } from './answers.ts';

const names = (model: string) => ({ model, variant: null, style: 'zero-shot' });

/** Forty answers of a model; people rate the first `labels` of them, one higher or lower than the judge. */
function answersOf(model: string, labels: number, shift = 0) {
  return Array.from({ length: 40 }, (_, place) => {
    const judge = 3 + (place % 6);
    return answer({
      ...{ system: model, names: names(model), judge, cluster: `q${place}` },
      people: place < labels ? [judge + shift + (place % 2 === 0 ? 1 : -1)] : [],
    });
  });
}

function scaleOf(labels: Readonly<Record<string, number>>) {
  const answers = Object.entries(labels).flatMap(([model, count]) => answersOf(model, count));
  const [scale] = humanScale(answers, ['J'], 'affine');
  if (!scale) throw new Error('no scale');
  const row = (model: string) => {
    const found = scale.rows.find((one) => one.model === model && one.by.culture === undefined);
    if (!found) throw new Error(`no row of ${model}`);
    return found;
  };
  return { row, sentences: humanScaleSentences(scale).join(' ') };
}

describe('a mean carried over to the human scale', () => {
  it('from one labelled model has no interval, and nothing calls one 95 %', () => {
    const { row, sentences } = scaleOf({ Labelled: 30, Other: 0 });
    const { basis, estimate } = row('Other');
    expect([basis, estimate.low, estimate.high]).toEqual(['carried', null, null]);
    // The judge's ratings 3 to 8, on average as people rate: (3 + … + 8) over 40 answers is 5.4.
    expect(estimate.value).toBeCloseTo(5.4, 1);
    expect(estimate.method).toBe(
      'affine calibration carried over from 1 model (unchecked); no interval: how models differ is not known',
    );
    expect(sentences).toContain('UNCHECKED');
    expect(sentences).toContain('have no interval');
  });

  it('from two labelled models has an interval that holds how they differ', () => {
    const { row } = scaleOf({ First: 30, Second: 30, Other: 0 });
    const { low, high, method } = row('Other').estimate;
    expect(method).toMatch(/carried over from 2 models \(supported\); 95 % t$/);
    expect(low).toBeLessThan(high ?? 0);
  });

  it('has none while the second model has too few labels to be tested', () => {
    const { row } = scaleOf({ First: 30, Second: 4, Other: 0 });
    expect(row('Other').estimate).toMatchObject({ low: null, high: null });
    expect(row('Other').estimate.method).not.toContain('95 %');
  });
});

describe('what is said of raters', () => {
  it('is that a mean by people’s own ratings has an interval for these people', () => {
    expect(scaleOf({ Labelled: 30 }).sentences).toContain(
      'the intervals are for the people who rated, not for others',
    );
  });

  it.each([
    ['judge and people', [5, 7], true],
    ['judges alone', [], false],
  ] as const)('of agreement between %s, where people are in it', (_, people, said) => {
    const answers = [4, 6, 8, 5].map((rating) =>
      answer({
        judges: new Map([
          ['J', rating],
          ['K', rating + 1],
        ]),
        people: people.map((more) => (rating + more) / 2),
      }),
    );
    const report = describeAgreement(source(answers, ['J', 'K']), { seed: 1, resamples: 50 });
    const found = report.agreements.find(({ kind }) => (kind === 'judge-judge') === !said);
    if (!found) throw new Error('no such agreement');
    const sentences = agreementSentences(found).join(' ');
    expect(sentences.includes('The intervals are for these raters')).toBe(said);
  });
});
