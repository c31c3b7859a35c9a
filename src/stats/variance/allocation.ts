import type { VarianceComponents } from './variance-components.ts';

/** Variances of question, answer and judging, with the numbers of answers and judgings. */
export interface Design {
  readonly question: number;
  readonly answer: number;
  readonly judging: number;
  readonly answers: number;
  readonly judgings: number;
}

/**
 * The design as it was run. With one judging an answer, judge noise is in the answers' variance and
 * its own is 0. null with one answer a question: what a rerun would change is then not known.
 */
export function designOf(components: VarianceComponents): Design | null {
  if (components.answer === null) return null;
  return {
    question: components.question.variance,
    answer: components.answer.variance,
    judging: components.judging?.variance ?? 0,
    answers: components.answersPerQuestion,
    judgings: components.judgingsPerAnswer,
  };
}

const withinQuestion = (design: Design) =>
  design.answer / design.answers + design.judging / (design.answers * design.judgings);

/** Expected error of the mean of n questions: √((σ²_q + σ²_a/K + σ²_j/(K J)) / n). null for n < 1. */
export function expectedError(design: Design, n: number): number | null {
  return n < 1 ? null : Math.sqrt((design.question + withinQuestion(design)) / n);
}

/**
 * Error of the mean as a figure of this frozen benchmark, where only reruns vary:
 * √((σ²_a/K + σ²_j/(K J)) / n). null for n < 1.
 */
export function fixedBenchmarkError(design: Design, n: number): number | null {
  return n < 1 ? null : Math.sqrt(withinQuestion(design) / n);
}

/**
 * Reliability of question means, Eρ² = σ²_q / (σ²_q + σ²_a/K + σ²_j/(K J)) (Brennan 2001,
 * Generalizability Theory). null where nothing varies.
 */
export function reliability(design: Design): number | null {
  const total = design.question + withinQuestion(design);
  return total > 0 ? design.question / total : null;
}

/** What one more costs, in any unit. */
export interface Costs {
  readonly question: number;
  readonly answer: number;
  readonly judging: number;
}

export interface Allocation {
  /** K*, answers a question, and J*, judgings an answer. */
  readonly answers: number | null;
  readonly judgings: number | null;
}

const best = (inner: number, outer: number, costRatio: number) =>
  outer > 0 && Number.isFinite(costRatio) ? Math.sqrt((inner / outer) * costRatio) : null;

/**
 * Cheapest split of a budget (Cochran 1977, Sampling Techniques, 10.8):
 * J* = √(σ²_j/σ²_a · c_a/c_j), K* = √(σ²_a/σ²_q · c_q/c_a). Real numbers: below 1 means one, as
 * more of the level above is the better buy. null where the level above does not vary or this one
 * costs nothing, so that no finite number is best.
 */
export function optimalAllocation(
  variances: Pick<Design, 'question' | 'answer' | 'judging'>,
  costs: Costs,
): Allocation {
  return {
    judgings: best(variances.judging, variances.answer, costs.answer / costs.judging),
    answers: best(variances.answer, variances.question, costs.question / costs.answer),
  };
}
