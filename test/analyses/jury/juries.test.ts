import { describe, expect, test } from 'vitest';
import type { Jury } from '../../../src/domain/jury.ts';
import type { RunDefinition } from '../../../src/domain/run-definition.ts';
import type { JudgmentOutcome } from '../../../src/ports/run-archive.ts';
import { seatJuries } from '../../../src/series/scores/jury-ratings.ts';

const spec = { variant: null, model: 'm', api: 'chat', decoding: {} } as const;
const PANEL: Jury = {
  name: 'Panel',
  judges: [0, 1, 2],
  aggregate: 'mean',
  excludeOwnFamily: false,
};

function definition(parts: { jury?: Partial<Jury>; best?: number } = {}): RunDefinition {
  const families = ['Alpha', 'Beta', 'Gamma'];
  const model = { baseline: null, size: null, dataShare: null, best: parts.best ?? null };
  return {
    ...{ id: 'run', name: 'run', planKey: 'plan', rubrics: {}, provenance: {} },
    models: ['Alpha', 'Delta'].map((family) => ({
      ...model,
      key: family,
      family,
      spec: { ...spec, name: `${family} model` },
    })),
    styles: [{ name: 'zero-shot', user: null, system: null }],
    judges: families.map((family) => ({
      key: family,
      family,
      verdict: 'text' as const,
      expectedRating: false,
      spec: { ...spec, name: `${family} judge` },
    })),
    juries: [{ ...PANEL, ...parts.jury }],
    scorers: [],
  };
}

interface AnswerShape {
  readonly item?: number;
  readonly model?: number;
  readonly responseTrial?: number;
  /** By judge, then trial; null: not readable. */
  readonly ratings: readonly (readonly (number | null)[])[];
}

/** Judgments as the store gives them: answer by answer, then judge, then trial. */
function outcomes(answers: readonly AnswerShape[]): JudgmentOutcome[] {
  return answers.flatMap(({ item = 1, model = 0, responseTrial = 0, ratings }, response) =>
    ratings.flatMap((trials, judge) =>
      trials.map((rating, trial) => ({
        ...{ response, judge, trial, responseTrial, model, item, rating },
        style: 0,
        responseStatus: 'completed' as const,
        status: rating === null ? ('unparsed' as const) : ('rated' as const),
        parse: rating === null ? null : ('strict' as const),
        conflicting: false,
      })),
    ),
  );
}

function seat(answers: readonly AnswerShape[], parts: Parameters<typeof definition>[0] = {}) {
  return seatJuries(definition(parts), () => outcomes(answers));
}

test('a jury stands behind the judges and rates by their ratings, trial by trial', () => {
  // Trial 0: (4 + 6 + 8) / 3 = 6; trial 1: (5 + 7 + 9) / 3 = 7; the question's mean is 6.5.
  const { scores, trials } = seat([
    {
      ratings: [
        [4, 5],
        [6, 7],
        [8, 9],
      ],
    },
  ]);
  const at = { model: 0, style: 0, judge: 3, item: 1 };
  expect(scores).toEqual([{ ...at, rating: 6.5, planned: 2, rated: 2 }]);
  expect(trials).toEqual([
    { ...at, trial: 0, rating: 6 },
    { ...at, trial: 0, rating: 7 },
  ]);
});

test('the question’s value is over judgings first and answers then, as a judge’s is', () => {
  // Answer 0: (6 + 8) / 2 = 7, of its trials 6 and 8; answer 1: 3 alone. (7 + 3) / 2 = 5.
  const { scores } = seat([
    {
      ratings: [
        [6, 8],
        [6, 8],
        [6, 8],
      ],
    },
    {
      responseTrial: 1,
      ratings: [
        [3, null],
        [3, 3],
        [3, 3],
      ],
    },
  ]);
  expect(scores).toMatchObject([{ rating: 5, planned: 4, rated: 3 }]);
});

test('of a model whose best answer counts, the panel’s best does', () => {
  const { scores, trials } = seat(
    [{ ratings: [[2], [2], [2]] }, { responseTrial: 1, ratings: [[9], [8], [7]] }],
    { best: 2 },
  );
  expect(scores).toMatchObject([{ rating: 8, planned: 2, rated: 2 }]);
  expect(trials).toEqual([]);
});

describe('an answer that a judge did not rate', () => {
  const { scores, panels } = seat([
    { ratings: [[9], [9], [null]] },
    { item: 2, ratings: [[1], [2], [3]] },
    { item: 3, ratings: [[null], [5], [null]] },
  ]);

  test('has no rating of the jury, which is never made of the others', () => {
    expect(scores.map(({ item, rating, rated }) => [item, rating, rated])).toEqual([
      [1, null, 0],
      [2, 2, 1],
      [3, null, 0],
    ]);
  });

  test('is counted as incomplete, by judge and reason', () => {
    expect(panels).toMatchObject([{ planned: 3, complete: 1, seats: [0, 1, 2] }]);
    expect(panels[0]?.lacking).toEqual(
      new Map([
        [2, new Map([['judgment_unparsed', 2]])],
        [0, new Map([['judgment_unparsed', 1]])],
      ]),
    );
  });

  test('is in no variance component', () => {
    expect([...(panels[0]?.crossed.keys() ?? [])]).toEqual([2]);
  });
});

test('judges of the model’s own family are left out by design, and their ratings are not missed', () => {
  const answers = [
    { model: 0, ratings: [[10], [4], [6]] },
    { model: 0, item: 2, ratings: [[null], [4], [8]] },
    { model: 1, ratings: [[10], [4], [7]] },
  ];
  const { scores, panels } = seat(answers, { jury: { excludeOwnFamily: true } });
  expect(scores.map(({ model, item, rating }) => [model, item, rating])).toEqual([
    [0, 1, 5],
    [0, 2, 6],
    [1, 1, 7],
  ]);
  expect(panels.map(({ seats, planned, complete }) => [seats, planned, complete])).toEqual([
    [[1, 2], 2, 2],
    [[0, 1, 2], 1, 1],
  ]);
});

test('answers that not all of its judges were planned for are none of the jury’s', () => {
  const { scores, panels } = seat([{ ratings: [[4], [6]] }]);
  expect(scores).toEqual([]);
  expect(panels).toEqual([]);
});

test('disagreements stand farthest apart first, with a judgment of every judge', () => {
  const { disagreements } = seat([
    { item: 1, ratings: [[5], [5], [5]] },
    { item: 2, ratings: [[1], [5], [9]] },
    {
      item: 3,
      ratings: [
        [7, 8],
        [7, 7],
        [8, 9],
      ],
    },
    { item: 4, ratings: [[2], [null], [9]] },
  ]);
  // SDs: 4 of 1, 5, 9; 4.95 of 2, 9; 7.5, 7 and 8.5 have (0.028 + 0.444 + 0.694) / 2 = 0.764².
  expect(disagreements[0]?.map(({ item, range }) => [item, range])).toEqual([
    [4, 7],
    [2, 8],
    [3, 1.5],
  ]);
  expect(disagreements[0]?.[2]?.sd).toBeCloseTo(0.7638, 4);
  expect(disagreements[0]?.[0]?.places).toEqual([
    { response: 3, judge: 0, trial: 0 },
    { response: 3, judge: 2, trial: 0 },
  ]);
});

test('without juries no judgment is read', () => {
  const { juries: _juries, ...rest } = definition();
  const seated = seatJuries({ ...rest, juries: [] }, () => {
    throw new Error('was read');
  });
  expect(seated.scores).toEqual([]);
});
