import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/stats/random/random.ts';
import { answer, describeAnswers, figure, only } from './answers.ts';

/** Ratings x–y (8,4) (9,5) (7,3) and y–z (4,8) (5,9) (3,7), under other names. */
const named = (names: readonly [string, string, string]) => {
  const [x, y, z] = names;
  const rated = (raters: readonly (readonly [string, number])[]) => ({
    ...answer({}),
    cluster: JSON.stringify(raters.map(([, rating]) => rating)),
    raters: raters.map(([rater, rating]) => ({ rater, rating })),
  });
  return only(
    describeAnswers(
      [
        ...[[8, 4] as const, [9, 5] as const, [7, 3] as const].map(([one, other]) =>
          rated([
            [x, one],
            [y, other],
          ]),
        ),
        ...[[4, 8] as const, [5, 9] as const, [3, 7] as const].map(([one, other]) =>
          rated([
            [y, one],
            [z, other],
          ]),
        ),
      ],
      [],
    ),
  );
};

describe('agreement of people, whoever is named first', () => {
  it('is the mean over pairs of raters', () => {
    const [first, second] = [named(['a', 'b', 'c']), named(['b', 'a', 'c'])];
    // Either pair lies on a line; pooled by name r would be -0.71 or 1.
    for (const agreement of [first, second]) {
      expect(figure(agreement, 'pearson')).toMatchObject({ value: 1, low: null, high: null });
      expect(figure(agreement, 'meanAbsoluteError').value).toBe(4);
      expect(agreement.raterPairs?.map(({ answers }) => answers)).toEqual([3, 3]);
    }
    expect(first.between).toEqual(second.between);
    expect(first.distribution).toEqual(second.distribution);
    const { bias, slope } = first.slices[0]?.levels[0]?.figures ?? {};
    expect([bias, slope]).toEqual([undefined, undefined]);
  });

  it('has the intraclass correlations of the table of raters and answers', () => {
    // Shrout & Fleiss 1979: ICC(2,1) .289764, ICC(2,4) .620051; pingouin.intraclass_corr gives the same.
    const rows = ['9 2 5 8', '6 1 3 2', '8 4 6 8', '7 1 2 6', '10 5 6 9', '6 2 4 7'];
    const agreement = only(
      describeAnswers(
        rows.map((row) => answer({ people: row.split(' ').map(Number) })),
        [],
      ),
    );
    expect(figure(agreement, 'icc').value).toBeCloseTo(0.289764, 6);
    expect(figure(agreement, 'iccAverage').value).toBeCloseTo(0.620051, 6);
  });

  it('has one alpha where one culture and model is all there is', () => {
    const random = createRandom('alpha');
    const agreement = only(
      describeAnswers(
        Array.from({ length: 12 }, (_, index) =>
          answer({
            people: Array.from({ length: index % 3 === 0 ? 4 : 2 }, () => 1 + random.int(10)),
          }),
        ),
        [],
      ),
    );
    for (const measure of ['alphaInterval', 'alphaOrdinal', 'alphaNominal', 'pearson'] as const)
      expect(figure(agreement, measure, { level: 'within' }).value).toBeCloseTo(
        figure(agreement, measure).value ?? Number.NaN,
        12,
      );
  });
});
