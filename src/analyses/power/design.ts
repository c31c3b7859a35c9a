import type { Family } from '../../series/contrasts/strata.ts';
import { clustersOf, contrastDesign, type DesignQuestion } from '../../series/contrasts/strata.ts';
import type { Slice } from '../../series/schema.ts';
import { studentTQuantile } from '../../stats/distributions/student-t.ts';
import { requiredMargin } from '../../stats/tests/non-inferiority.ts';
import { detectableAt, neededDraws } from '../../stats/tests/power.ts';
import type { Costs, Design } from '../../stats/variance/allocation.ts';
import { optimalAllocation } from '../../stats/variance/allocation.ts';
import type { Noise, Variances } from './pilot-noise.ts';

/** What a design can see in one slice. */
export interface PlanRow {
  readonly family: Family;
  readonly by: Slice;
  readonly questions: number;
  /** Half the width of a mean's 95 % interval; null where no cell has two questions. */
  readonly halfWidth: number | null;
  /** Difference of two models found with 80 % power, at a two-sided 5 %; null where no data reach 5 %. */
  readonly detectable: number | null;
  /** Non-inferiority margin that an unchanged model passes with 80 % power, at a one-sided 5 %. */
  readonly margin: number | null;
}

/** Where the next cost unit lowers the error of a mean most, against spending it on questions (1). */
export interface NextSpending {
  readonly answers: number;
  readonly judgings: number;
  /** The best of the three, and of answers and judgings where the questions are given. */
  readonly best: 'questions' | 'answers' | 'judgings';
  readonly bestWithin: 'answers' | 'judgings';
  /** Cheapest split: answers a question and judgings an answer, at least one; null where unbounded. */
  readonly optimalAnswers: number | null;
  readonly optimalJudgings: number | null;
}

export interface PlanOptions {
  readonly questions: readonly DesignQuestion[];
  readonly noise: Noise;
  /** Answers a question and judgings an answer of the design to come. */
  readonly answers: number;
  readonly judgings: number;
  /** Difference that one would want to find. */
  readonly difference: number;
}

/** What a design can see, row by row, before a call is made. */
export function planRows({ questions, noise, answers, judgings, difference }: PlanOptions): {
  readonly rows: readonly PlanRow[];
  readonly neededQuestions: number | null;
} {
  const design = contrastDesign(questions, 'rating');
  const { sd, sdDifference } = rescale(noise, answers, judgings);
  const rows = design.rows.map(({ family, by, weights }) => {
    const n = weights.reduce((sum, weight) => sum + weight, 0);
    const df = n - weights.filter((weight) => weight > 0).length;
    const se = sdDifference / Math.sqrt(n);
    return {
      family,
      by,
      questions: n,
      halfWidth: df > 0 ? (studentTQuantile(0.975, df) * sd) / Math.sqrt(n) : null,
      detectable: detectableAt({ se, df, flipped: clustersOf(design, weights) }),
      margin: requiredMargin({ se, df }),
    };
  });
  return {
    rows,
    neededQuestions: sdDifference > 0 ? neededDraws(difference / sdDifference) : null,
  };
}

const within = ({ answer, judging }: Variances, answers: number, judgings: number) =>
  answer / answers + judging / (answers * judgings);

/** SDs under other numbers of answers and judgings; as they are where reruns were not measured. */
function rescale(noise: Noise, answers: number, judgings: number) {
  const { sd, sdDifference, variances } = noise;
  if (variances === null) return { sd, sdDifference };
  const change =
    within(variances, answers, judgings) - within(variances, noise.answers, noise.judgings);
  return {
    sd: Math.sqrt(Math.max(0, sd ** 2 + change)),
    // Two models, each with its own answers.
    sdDifference: Math.sqrt(Math.max(0, sdDifference ** 2 + 2 * change)),
  };
}

/**
 * With V = (σ²_q + σ²_a/K + σ²_j/(K J)) / n and cost n (c_q + K (c_a + J c_j)), the relative fall of
 * V per unit of cost, divided by that of more questions:
 *   answers:   share of answer and judge noise in V · C / (K (c_a + J c_j)),
 *   judgings:  share of judge noise in V · C / (K J c_j),  C the cost of a question as it stands.
 * null where nothing varies.
 */
export function nextSpending(design: Design, costs: Costs): NextSpending | null {
  const { question, answer, judging, answers, judgings } = design;
  const noise = within({ question, answer, judging }, answers, judgings);
  const whole = question + noise;
  if (!(whole > 0)) return null;
  const perAnswer = costs.answer + judgings * costs.judging;
  const perQuestion = costs.question + answers * perAnswer;
  const ofAnswers = (noise / whole) * (perQuestion / (answers * perAnswer));
  const judgeShare = judging / (answers * judgings) / whole;
  const ofJudgings = (judgeShare * perQuestion) / (answers * judgings * costs.judging);
  const bestWithin = ofAnswers >= ofJudgings ? 'answers' : 'judgings';
  const optimum = optimalAllocation(design, costs);
  const atLeastOne = (value: number | null) => (value === null ? null : Math.max(1, value));
  return {
    answers: ofAnswers,
    judgings: ofJudgings,
    best: Math.max(ofAnswers, ofJudgings) > 1 ? bestWithin : 'questions',
    bestWithin,
    optimalAnswers: atLeastOne(optimum.answers),
    optimalJudgings: atLeastOne(optimum.judgings),
  };
}
