import { type Aggregate, aggregateRatings, type Jury } from '../../domain/jury.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type {
  JudgmentOutcome,
  JudgmentPlace,
  MissingReason,
  QuestionScore,
  TrialRating,
} from '../../ports/run-archive.ts';
import { standardDeviation } from '../../stats/means/describe.ts';
import { missingReason } from '../names/missing-reason.ts';
import { juryPosition, seatsOf } from '../names/raters.ts';
import { createQuestionScores } from './question-scores.ts';
import type { SeriesPosition } from './scored-series.ts';

/** An answer whose judges lie apart. */
export interface Disagreement {
  readonly position: SeriesPosition;
  readonly item: number;
  /** In the order of the jury's judges, one of each that rated: its mean over judging trials. */
  readonly ratings: readonly { readonly judge: number; readonly rating: number }[];
  readonly range: number;
  readonly sd: number;
  /** One judgment of each of these judges. */
  readonly places: readonly JudgmentPlace[];
}

/** How one series of a jury was seated. */
export interface Panel {
  readonly position: SeriesPosition;
  readonly seats: readonly number[];
  planned: number;
  complete: number;
  /** By judge and reason: why planned panel ratings are not there. */
  readonly lacking: Map<number, Map<MissingReason, number>>;
  /** Ratings of complete answers: item → answers → seats → judging trials. */
  readonly crossed: Map<number, number[][][]>;
}

/** What juries make of a run's judgments. */
export interface SeatedJuries {
  readonly scores: readonly QuestionScore[];
  readonly trials: readonly TrialRating[];
  readonly panels: readonly Panel[];
  /** The answers that each jury disagrees on most, by jury; the farthest apart first. */
  readonly disagreements: readonly (readonly Disagreement[])[];
}

interface Answer {
  readonly outcomes: readonly JudgmentOutcome[];
  readonly first: JudgmentOutcome;
}

/** Answers listed for a jury. */
const LISTED = 20;

/**
 * Seats a run's juries over its judgments, which must come answer by answer. A jury rates an answer
 * once a judging trial, by the ratings that its judges gave in that trial; without one of them the
 * rating is missing, for that judge's reason, and is never made of the others. Answers that not all
 * of a jury's judges were planned for (of another run) have no rating and none planned.
 * `listed`: how many disagreements are kept of a jury.
 */
export function seatJuries(
  definition: RunDefinition,
  outcomes: () => Iterable<JudgmentOutcome>,
  listed = LISTED,
): SeatedJuries {
  const { juries } = definition;
  const seating = juries.map((jury, index) => createSeating(definition, jury, { index, listed }));
  if (juries.length > 0) {
    for (const answer of answersOf(outcomes())) for (const seat of seating) seat.rate(answer);
  }
  const seated = seating.map((seat) => seat.result());
  return {
    scores: seated.flatMap(({ scores }) => scores),
    trials: seated.flatMap(({ trials }) => trials),
    panels: seated.flatMap(({ panels }) => panels),
    disagreements: seated.map(({ disagreements }) => disagreements),
  };
}

function* answersOf(outcomes: Iterable<JudgmentOutcome>): Generator<Answer> {
  let current: JudgmentOutcome[] = [];
  for (const outcome of outcomes) {
    const [first] = current;
    if (first && first.response !== outcome.response) {
      yield { outcomes: current, first };
      current = [];
    }
    current.push(outcome);
  }
  const [first] = current;
  if (first) yield { outcomes: current, first };
}

function createSeating(
  definition: RunDefinition,
  jury: Jury,
  { index, listed }: { readonly index: number; readonly listed: number },
) {
  const judge = juryPosition(definition, index);
  const panels = new Map<string, Panel>();
  const trials: TrialRating[] = [];
  const scores = createQuestionScores(definition);
  let disagreements: Disagreement[] = [];

  function panelOf({ model, style }: JudgmentOutcome): Panel {
    const key = `${model}/${style}`;
    const known = panels.get(key);
    if (known) return known;
    const position = { model, style, judge };
    const seats = seatsOf(definition, position);
    const panel = {
      ...{ position, seats, planned: 0, complete: 0 },
      lacking: new Map(),
      crossed: new Map(),
    };
    panels.set(key, panel);
    return panel;
  }

  function rate({ outcomes, first }: Answer): void {
    const panel = panelOf(first);
    const seated = panel.seats.map((seat) => outcomes.filter((one) => one.judge === seat));
    if (seated.some((of) => of.length === 0)) return;
    const { item, responseTrial: trial } = first;
    const ratings = panelRatings(panel, seated, jury.aggregate);
    const given = ratings.filter((rating) => rating !== null);
    panel.planned += ratings.length;
    panel.complete += given.length;
    scores.add({ ...panel.position, item }, given, ratings.length);
    if (definition.models[first.model]?.best === null) {
      for (const rating of given) trials.push({ ...panel.position, item, trial, rating });
      addCrossed(panel, item, seated);
    }
    const apart = disagreementOf(panel, item, seated);
    disagreements = farthestWith(disagreements, apart, listed);
  }

  return {
    rate,
    result: () => ({
      scores: scores.all(),
      trials,
      panels: [...panels.values()].filter(({ planned }) => planned > 0),
      disagreements: farthest(disagreements, listed),
    }),
  };
}

/** One a judging trial; null where a judge's is missing, which is then counted. */
function panelRatings(
  panel: Panel,
  seated: readonly (readonly JudgmentOutcome[])[],
  aggregate: Aggregate,
): (number | null)[] {
  const trials = [...new Set(seated.flatMap((of) => of.map(({ trial }) => trial)))];
  return trials.map((trial) => {
    const given = seated.flatMap((of) => of.filter((one) => one.trial === trial));
    const lacking = given.filter(({ rating }) => rating === null);
    for (const outcome of lacking) {
      const reasons = panel.lacking.get(outcome.judge) ?? new Map<MissingReason, number>();
      panel.lacking.set(outcome.judge, reasons);
      const reason = missingReason(outcome);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (given.length < seated.length || lacking.length > 0) return null;
    return aggregateRatings(
      given.flatMap(({ rating }) => rating ?? []),
      aggregate,
    );
  });
}

const ratingsOf = (outcomes: readonly JudgmentOutcome[]) =>
  outcomes.flatMap(({ rating }) => rating ?? []);

function addCrossed(
  { crossed }: Panel,
  item: number,
  seated: readonly (readonly JudgmentOutcome[])[],
): void {
  if (seated.some((of) => of.some(({ rating }) => rating === null))) return;
  const answers = crossed.get(item) ?? [];
  crossed.set(item, answers);
  answers.push(seated.map(ratingsOf));
}

function disagreementOf(
  { position }: Panel,
  item: number,
  seated: readonly (readonly JudgmentOutcome[])[],
): Disagreement | null {
  const rated = seated.flatMap((of) => {
    const [first] = of.filter(({ rating }) => rating !== null);
    const given = ratingsOf(of);
    const sum = given.reduce((total, rating) => total + rating, 0);
    return first ? { first, judge: first.judge, rating: sum / given.length } : [];
  });
  const values = rated.map(({ rating }) => rating);
  const sd = standardDeviation(values);
  if (sd === null || sd === 0) return null;
  return {
    ...{ position, item, sd },
    range: Math.max(...values) - Math.min(...values),
    ratings: rated.map(({ judge, rating }) => ({ judge, rating })),
    places: rated.map(({ first: { response, judge, trial } }) => ({ response, judge, trial })),
  };
}

/** Sorted now and then only: there is one an answer. */
function farthestWith(
  all: Disagreement[],
  one: Disagreement | null,
  listed: number,
): Disagreement[] {
  if (one === null) return all;
  all.push(one);
  return all.length > 10 * listed ? farthest(all, listed) : all;
}

/** Equal ones in the order of the plan. */
function farthest(all: readonly Disagreement[], listed: number): Disagreement[] {
  return [...all].sort((a, b) => b.sd - a.sd || b.range - a.range).slice(0, listed);
}
