import { pick } from '../at.ts';

/** Ratings by question, then answer, then judge, then judging. */
export type CrossedRatings = readonly (readonly (readonly (readonly number[])[])[])[];

/** Variances, as estimated and so possibly below 0. null where the design cannot tell one. */
export interface CrossedComponents {
  readonly question: number;
  /** Of answers within a question; null with one answer each, whose variance `question` then holds. */
  readonly answer: number | null;
  /** How far judges' levels lie apart: the same for every answer, so comparisons do not feel it. */
  readonly judge: number;
  /** How far judges differ about questions; null with one answer each, as `residual` then holds it. */
  readonly questionByJudge: number | null;
  /** Of one judge's mean rating of one answer: differing about the answer, and judging noise. */
  readonly residual: number;
  /** Of one judging; null without repeated judgings. `residual` holds its part, judging / judgings. */
  readonly judging: number | null;
  readonly questions: number;
  readonly answers: number;
  readonly judges: number;
  /** Judgings an answer and judge, on average. */
  readonly judgings: number;
}

/**
 * Variance components where the same judges rate all answers: answers within questions, crossed with
 * judges, by analysis of variance (Brennan 2001, Generalizability Theory, design (a:q) × j). With
 * n questions, K answers, J judges and means y over judgings:
 *   E MS_aj = σ²_r,  E MS_qj = σ²_r + K σ²_qj,  E MS_j = σ²_r + K σ²_qj + n K σ²_j,
 *   E MS_a = σ²_r + J σ²_a,  E MS_q = σ²_r + K σ²_qj + J σ²_a + K J σ²_q.
 * Every answer must have ratings of every judge; questions with another number of answers than the
 * first are left out. null below two questions or judges.
 */
export function crossedComponents(ratings: CrossedRatings): CrossedComponents | null {
  const [first] = ratings;
  const answers = first?.length ?? 0;
  const judges = first?.[0]?.length ?? 0;
  const kept = ratings.filter((question) => question.length === answers);
  if (kept.length < 2 || answers < 1 || judges < 2) return null;
  const squares = meanSquares(kept.map((question) => question.map((cells) => cells.map(mean))));
  const several = answers > 1;
  const residual = several ? squares.answerByJudge : squares.questionByJudge;
  const { judging, judgings } = withinCells(kept.flat(2));
  return {
    question: several
      ? (squares.question - squares.answer - squares.questionByJudge + residual) /
        (answers * judges)
      : (squares.question - residual) / judges,
    answer: several ? (squares.answer - residual) / judges : null,
    judge: (squares.judge - squares.questionByJudge) / (kept.length * answers),
    questionByJudge: several ? (squares.questionByJudge - residual) / answers : null,
    residual,
    judging,
    ...{ questions: kept.length, answers, judges, judgings },
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** Mean squares of means by question, answer and judge; those without degrees of freedom are NaN. */
function meanSquares(y: readonly (readonly (readonly number[])[])[]) {
  const [n, k, j] = [y.length, pick(y, 0).length, pick(pick(y, 0), 0).length];
  const answers = y.map((question) => question.map(mean));
  const questions = answers.map(mean);
  const centre = mean(questions);
  const judges = Array.from({ length: j }, (_, judge) =>
    mean(y.flatMap((question) => question.map((row) => pick(row, judge)))),
  );
  const byJudge = y.map((question) =>
    judges.map((_level, judge) => mean(question.map((row) => pick(row, judge)))),
  );
  const squared = (values: readonly number[]) => sum(values.map((value) => value ** 2));
  return {
    question: (k * j * squared(questions.map((value) => value - centre))) / (n - 1),
    judge: (n * k * squared(judges.map((value) => value - centre))) / (j - 1),
    answer:
      (j * squared(answers.flatMap((row, q) => row.map((value) => value - pick(questions, q))))) /
      (n * (k - 1)),
    questionByJudge:
      (k *
        squared(
          byJudge.flatMap((row, q) =>
            row.map((value, judge) => value - pick(questions, q) - pick(judges, judge) + centre),
          ),
        )) /
      ((n - 1) * (j - 1)),
    answerByJudge:
      squared(
        y.flatMap((question, q) =>
          question.flatMap((row, a) =>
            row.map(
              (value, judge) =>
                value -
                pick(pick(answers, q), a) -
                pick(pick(byJudge, q), judge) +
                pick(questions, q),
            ),
          ),
        ),
      ) /
      (n * (k - 1) * (j - 1)),
  };
}

/** Variance of one judging within its cell, pooled. */
function withinCells(cells: readonly (readonly number[])[]) {
  const judgings = mean(cells.map((cell) => cell.length));
  const df = sum(cells.map((cell) => cell.length - 1));
  const squares = sum(
    cells.map((cell) => {
      const centre = mean(cell);
      return sum(cell.map((value) => (value - centre) ** 2));
    }),
  );
  return { judgings, judging: df > 0 ? squares / df : null };
}

/** Share of the variance of a panel's mean that doubling something would take away; null: unknown. */
export interface Savings {
  readonly questions: number;
  readonly answers: number | null;
  readonly judges: number;
  readonly judgings: number | null;
  /** What takes most away for each added call, an answer and a judging costing one call each. */
  readonly best: 'questions' | 'answers' | 'judges' | 'judgings';
}

/**
 * With V = (σ²_q + σ²_qj/J + σ²_a/K + σ²_r/(K J)) / n, judges as drawn from judges like these; their
 * levels (σ²_j) are left out, as every answer has the same. null where nothing varies.
 */
export function savings(components: CrossedComponents): Savings | null {
  const { answers: k, judges: j, judgings: t } = components;
  // A component that the design cannot tell apart (null) is inside the residual: nothing is added twice.
  const own = (value: number | null) => (value === null ? 0 : Math.max(0, value));
  const byJudge = own(components.questionByJudge) / j;
  const residual = own(components.residual) / (k * j);
  const ofAnswers = own(components.answer) / k;
  const whole = own(components.question) + byJudge + ofAnswers + residual;
  if (!(whole > 0)) return null;
  const half = (part: number) => part / whole / 2;
  const shares = {
    questions: 0.5,
    answers: components.answer === null ? null : half(ofAnswers + residual),
    judges: half(byJudge + residual),
    judgings: components.judging === null ? null : half(components.judging / (k * j * t)),
  };
  // Doubling questions or answers doubles every call; doubling judges or judgings, the judges' alone.
  const judgeCalls = (j * t) / (1 + j * t);
  const perCall = [
    ['questions', shares.questions],
    ['answers', shares.answers ?? 0],
    ['judges', shares.judges / judgeCalls],
    ['judgings', (shares.judgings ?? 0) / judgeCalls],
  ] as const;
  const [best] = perCall.reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  return { ...shares, best };
}
