import { expect, it } from 'vitest';
import { alarmOf } from '../../src/analyses/drift/drift.ts';
import { chooseAnchors } from '../../src/series/contrasts/choose-anchors.ts';
import { contrastCultures, measureShift } from '../../src/series/contrasts/paired-shift.ts';

const pairs = (culture: string, differences: readonly (number | null)[]) =>
  differences.map((difference, index) => ({
    culture,
    cluster: `${culture} ${index}`,
    before: 5,
    after: difference === null ? null : 5 + difference,
  }));

it('gives the paired t interval of a shift, missing ratings counted', () => {
  // d = 1, 2, 3: mean 2, sd 1, se 1/√3 = .57735, t(.975, 2) = 4.30265, half-width 2.48413.
  const [all, ...more] = measureShift(pairs('Arab', [1, 2, 3, null]));
  expect(more).toEqual([]);
  expect(all?.shift).toMatchObject({ value: 2, n: 3, missing: 1 });
  expect(all?.shift.low).toBeCloseTo(2 - 2.48413, 4);
  // t = 3.4641 with 2 degrees of freedom: two-sided p = .07418.
  expect(all?.p).toBeCloseTo(0.07418, 4);
});

it('gives no shift beyond what the scale is long', () => {
  // d = 9, 1: mean 5, SE 4, t(.975, 1) = 12.706: ± 50.8.
  const [all] = measureShift(pairs('Arab', [9, 1]));
  expect(all?.shift).toMatchObject({ value: 5, low: -9, high: 9 });
});

it('takes the answers of one question as one draw', () => {
  const twice = [...pairs('Arab', [1, 2, 3]), ...pairs('Arab', [1, 2, 3])];
  const [once] = measureShift(pairs('Arab', [1, 2, 3]));
  expect(measureShift(twice)[0]?.shift.low).toBeCloseTo(once?.shift.low ?? 0, 10);
});

it('has no doubt about a shift that is the same everywhere', () => {
  // Ten equal differences: sign-flip p 2 / 2^10 = .00195.
  const [all] = measureShift(
    pairs(
      'Arab',
      Array.from({ length: 10 }, () => 1),
    ),
  );
  expect(all?.p).toBeCloseTo(2 / 1024, 10);
  expect(
    alarmOf(
      pairs(
        'Arab',
        Array.from({ length: 10 }, () => 1),
      ),
    ).state,
  ).toBe('shifted');
  expect(
    alarmOf(
      pairs(
        'Arab',
        Array.from({ length: 20 }, () => 0),
      ),
    ).state,
  ).toBe('steady');
  expect(alarmOf(pairs('Arab', [1, 1, 1])).state).toBe('unmeasured');
});

it('tells a culture that differs from the others', () => {
  const same = [-0.5, 0.5, 0, -0.2, 0.2, 0.1, -0.1];
  const answers = [
    ...pairs(
      'Arab',
      same.map((value) => value + 2),
    ),
    ...pairs('Chinese', same),
    ...pairs('Japanese', same),
  ];
  const [arab, chinese] = contrastCultures(answers);
  expect(arab?.difference.value).toBeCloseTo(2, 10);
  expect(arab?.adjusted).toBeLessThan(0.001);
  // (0 - (2 + 0) / 2)
  expect(chinese?.difference.value).toBeCloseTo(-1, 10);
});

it('spreads anchors over cultures and bands, one a question while there are questions', () => {
  const candidates = ['A', 'B'].flatMap((culture, side) =>
    Array.from({ length: 100 }, (_, index) => ({
      culture,
      item: side * 100 + (index < 10 ? index : 10 + (index % 40)),
      ratings: index < 10 ? [2, 3] : [8, 7],
    })),
  );
  const { banded, chosen } = chooseAnchors(candidates, { size: 40, seed: 3 });
  expect(banded).toBe(true);
  const of = (culture: string, rating: number) =>
    chosen.filter(({ position }) => {
      const one = candidates[position];
      return one?.culture === culture && one.ratings[0] === rating;
    });
  for (const culture of ['A', 'B']) {
    expect(of(culture, 2)).toHaveLength(10);
    expect(of(culture, 8)).toHaveLength(10);
  }
  // What an answer was chosen by is not frozen.
  expect(new Set(chosen.flatMap(({ kept }) => kept))).toEqual(new Set([3, 7]));
  expect(new Set(chosen.map(({ position }) => candidates[position]?.item)).size).toBe(40);
  expect(chooseAnchors(candidates, { size: 40, seed: 3 }).chosen).toEqual(chosen);
  expect(chooseAnchors(candidates, { size: 1000, seed: 3 }).chosen).toHaveLength(200);
});

it('chooses anchors judged once without regard to their ratings', () => {
  const of = (rating: (index: number) => number) =>
    chooseAnchors(
      Array.from({ length: 100 }, (_, index) => ({
        culture: index < 50 ? 'A' : 'B',
        item: index,
        ratings: [rating(index)],
      })),
      { size: 20, seed: 3 },
    );
  const low = of(() => 1);
  expect(low.banded).toBe(false);
  expect(low.chosen.filter(({ position }) => position < 50)).toHaveLength(10);
  expect(of((index) => 1 + (index % 10)).chosen.map(({ position }) => position)).toEqual(
    low.chosen.map(({ position }) => position),
  );
});
