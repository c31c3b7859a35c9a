import { commonQuestions } from '../../series/contrasts/common-questions.ts';
import { type ContrastDesign, contrastDesign } from '../../series/contrasts/strata.ts';
import type { ScoredSeries } from '../../series/scores/scored-series.ts';
import { pick } from '../../stats/at.ts';
import { designOf } from '../../stats/variance/allocation.ts';
import type { VarianceComponents } from '../../stats/variance/variance-components.ts';

/** Variances of question, answer and judging. */
export interface Variances {
  readonly question: number;
  readonly answer: number;
  readonly judging: number;
}

/** How ratings vary within a culture and category. */
export interface Noise {
  /** SD of question means, and of paired differences between two models. */
  readonly sd: number;
  readonly sdDifference: number;
  /** Answers a question and judgings an answer that these SDs are of. */
  readonly answers: number;
  readonly judgings: number;
  /** null where reruns were not measured. */
  readonly variances: Variances | null;
}

/** Ratings of strong models by one judge had SDs of 2.0 to 2.6 in published results; its middle. */
export const ASSUMED_SD = 2.3;
/** Two models' ratings of one question correlate at .3 to .7 (Miller 2024, arXiv 2411.00640, §4). */
const ASSUMED_CORRELATION = 0.45;

/** SD of paired differences of two models whose ratings have this SD each. */
export function assumedDifference(sd: number): number {
  return sd * Math.sqrt(2 * (1 - ASSUMED_CORRELATION));
}

export interface PilotNoise {
  /** Median over series; null where no cell has two questions. */
  readonly sd: number | null;
  /** Median over pairs of one judge's series; null for a single series. */
  readonly sdDifference: number | null;
}

/** What a run's ratings say about the spread to expect. Throws where its series have no common questions. */
export function pilotNoise(series: readonly ScoredSeries[]): PilotNoise {
  const { questions, ratings } = commonQuestions(series);
  const design = contrastDesign(questions, series[0]?.scale ?? 'rating');
  const spreads = ratings.map((own) => pooledDeviation(design, own));
  const pairs = series.flatMap((first, index) =>
    series.slice(index + 1).flatMap((second, gap) => {
      if (first.judgeKey !== second.judgeKey) return [];
      const other = pick(ratings, index + 1 + gap);
      const differences = pick(ratings, index).map((rating, question) => {
        const against = pick(other, question);
        return rating === null || against === null ? null : rating - against;
      });
      return [pooledDeviation(design, differences)];
    }),
  );
  return { sd: median(spreads), sdDifference: median(pairs) };
}

/** SD within cells: squares about the cells' means over n - cells; null without a degree of freedom. */
function pooledDeviation(
  { cells, cellOf }: ContrastDesign,
  values: readonly (number | null)[],
): number | null {
  const byCell = cells.map((): number[] => []);
  values.forEach((value, question) => {
    if (value !== null) pick(byCell, pick(cellOf, question)).push(value);
  });
  let [squares, df] = [0, 0];
  for (const cell of byCell) {
    const centre = cell.reduce((sum, value) => sum + value, 0) / cell.length;
    squares += cell.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    df += Math.max(0, cell.length - 1);
  }
  return df > 0 ? Math.sqrt(squares / df) : null;
}

function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const upper = pick(sorted, middle);
  return sorted.length % 2 === 1 ? upper : (pick(sorted, middle - 1) + upper) / 2;
}

/** Mean of several series' components; null where none answered a question twice. */
export function averageVariances(all: readonly VarianceComponents[]): Variances | null {
  const designs = all.flatMap((components) => designOf(components) ?? []);
  if (designs.length === 0) return null;
  const average = (part: keyof Variances) =>
    designs.reduce((sum, design) => sum + design[part], 0) / designs.length;
  return {
    question: average('question'),
    answer: average('answer'),
    judging: average('judging'),
  };
}
