import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { TrialRating } from '../../ports/run-archive.ts';
import { variance } from '../../stats/means/describe.ts';
import { type Interval, tInterval } from '../../stats/means/intervals.ts';
import { designOf, reliability } from '../../stats/variance/allocation.ts';
import {
  estimateComponents,
  type VarianceComponents,
} from '../../stats/variance/variance-components.ts';
import type { SeriesComponents } from '../schema.ts';
import type { RerunNoise, SeriesNames, SeriesPosition } from './scored-series.ts';

/** Ratings of one series by item, then answer, then judging; what is missing is left out. */
export type RepeatedRatings = ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;

const seriesKey = ({ model, style, judge }: SeriesPosition) => `${model}/${style}/${judge}`;

/** Gathers repeated ratings by series. */
export function gatherRepeats(
  trials: Iterable<TrialRating>,
): (position: SeriesPosition) => RepeatedRatings | null {
  const found = new Map<string, Map<number, Map<number, number[]>>>();
  for (const { item, trial, rating, ...position } of trials) {
    const series = getOrAdd(found, seriesKey(position), () => new Map());
    const answers = getOrAdd(series, item, () => new Map<number, number[]>());
    getOrAdd(answers, trial, (): number[] => []).push(rating);
  }
  return (position) => found.get(seriesKey(position)) ?? null;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const added = create();
  map.set(key, added);
  return added;
}

/** Variance components of one series; null below two questions. */
export function componentsOf(repeats: RepeatedRatings): VarianceComponents | null {
  return estimateComponents([...repeats.values()].map((answers) => [...answers.values()]));
}

export function componentsRow(
  names: SeriesNames,
  components: VarianceComponents,
): SeriesComponents {
  const { question, answer, judging, questions, answersPerQuestion, judgingsPerAnswer } =
    components;
  const design = designOf(components);
  return {
    ...names,
    ...{ question, answer, judging, questions, answersPerQuestion, judgingsPerAnswer },
    reliability: design && reliability(design),
  };
}

/** What one answer's rating varies by when a question is asked again; null for one answer each. */
export function rerunNoise({
  answer,
  judging,
  answersPerQuestion,
  judgingsPerAnswer,
}: VarianceComponents): RerunNoise | null {
  if (answer === null) return null;
  const ofJudging = (judging?.variance ?? 0) / judgingsPerAnswer;
  return { variance: answer.variance + ofJudging, answers: answersPerQuestion };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * 95 % interval of the mean of these very questions, where only reruns vary:
 * SE² = Σ_q s²_q / K_q / n², s²_q the variance of the question's answer means (which holds judge
 * noise), t with Σ (K_q - 1) degrees of freedom. A question with one rated answer takes the others'
 * variance. null where no question has two.
 */
export function frozenInterval(
  value: number,
  items: readonly number[],
  repeats: RepeatedRatings,
): Interval | null {
  const answerMeans = items.map((item) => [...(repeats.get(item)?.values() ?? [])].map(mean));
  const several = answerMeans.filter((means) => means.length > 1);
  const df = several.reduce((sum, means) => sum + means.length - 1, 0);
  if (df === 0) return null;
  const squares = several.reduce(
    (sum, means) => sum + (variance(means) ?? 0) * (means.length - 1),
    0,
  );
  const pooled = squares / df;
  const squaredError = answerMeans.reduce(
    (sum, means) => sum + (variance(means) ?? pooled) / Math.max(1, means.length),
    0,
  );
  const se = Math.sqrt(squaredError) / items.length;
  const interval = tInterval({ mean: value, se, df });
  return (
    interval && {
      low: Math.max(RATING_MIN, interval.low),
      high: Math.min(RATING_MAX, interval.high),
    }
  );
}
