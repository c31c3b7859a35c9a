/** Ratings by question, then answer, then judging. */
export type NestedRatings = readonly (readonly (readonly number[])[])[];

/** A component of variance: as estimated, and truncated at 0 where the estimate is below. */
export interface Component {
  readonly raw: number;
  readonly variance: number;
}

export interface VarianceComponents {
  /** Mean squares of questions, answers in questions, judgings in answers; null without df. */
  readonly meanSquares: {
    readonly question: number;
    readonly answer: number | null;
    readonly judging: number | null;
  };
  /**
   * A component that the design cannot tell is null, and counted in the next one up: with one
   * judging an answer `answer` holds judge noise too, with one answer `question` holds both.
   */
  readonly question: Component;
  readonly answer: Component | null;
  readonly judging: Component | null;
  readonly questions: number;
  /** Answers a question and judgings an answer, on (arithmetic) average. */
  readonly answersPerQuestion: number;
  readonly judgingsPerAnswer: number;
  /** Standard error of the mean of question means: what to report. */
  readonly se: number;
}

interface Sums {
  questions: number;
  answers: number;
  ratings: number;
  total: number;
  /** Σ over questions of n_q², over answers of n_qk², and of n_qk² / n_q. */
  questionSizes: number;
  answerSizes: number;
  answerShares: number;
  /** Σ n_q ȳ_q², Σ n_qk ȳ_qk², each around `centre` to keep digits. */
  betweenQuestions: number;
  betweenAnswers: number;
  within: number;
  readonly questionMeans: number[];
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function addQuestion(sums: Sums, answers: readonly (readonly number[])[]): void {
  const size = sumOf(answers.map((ratings) => ratings.length));
  const questionMean = sumOf(answers.map(sumOf)) / size;
  for (const ratings of answers) {
    const answerMean = sumOf(ratings) / ratings.length;
    sums.answers += 1;
    sums.answerSizes += ratings.length ** 2;
    sums.answerShares += ratings.length ** 2 / size;
    sums.betweenAnswers += ratings.length * (answerMean - questionMean) ** 2;
    sums.within += sumOf(ratings.map((rating) => (rating - answerMean) ** 2));
  }
  sums.questions += 1;
  sums.ratings += size;
  sums.total += questionMean * size;
  sums.questionSizes += size ** 2;
  sums.questionMeans.push(sumOf(answers.map((r) => sumOf(r) / r.length)) / answers.length);
}

function collect(ratings: NestedRatings): Sums {
  const sums: Sums = {
    questions: 0,
    answers: 0,
    ratings: 0,
    total: 0,
    questionSizes: 0,
    answerSizes: 0,
    answerShares: 0,
    betweenQuestions: 0,
    betweenAnswers: 0,
    within: 0,
    questionMeans: [],
  };
  const rated = ratings
    .map((answers) => answers.filter((judgings) => judgings.length > 0))
    .filter((answers) => answers.length > 0);
  for (const answers of rated) addQuestion(sums, answers);
  const centre = sums.total / sums.ratings;
  for (const answers of rated) {
    const size = sumOf(answers.map((judgings) => judgings.length));
    sums.betweenQuestions += size * (sumOf(answers.map(sumOf)) / size - centre) ** 2;
  }
  return sums;
}

const component = (raw: number): Component => ({ raw, variance: Math.max(0, raw) });
const ratio = (square: number, df: number) => (df > 0 ? square / df : null);

/**
 * Variance components of a nested design by analysis of variance. Balanced (n questions, K answers,
 * J judgings): σ²_judging = MSE, σ²_answer = (MSA - MSE) / J, σ²_question = (MSQ - MSA) / (K J).
 * Unbalanced: the same mean squares with the coefficients of their expectations (Searle, Casella &
 * McCulloch 1992, Variance Components, 3.6 and app. F: Henderson's Method I),
 *   E MSA = σ²_j + c1 σ²_a,  E MSQ = σ²_j + c2 σ²_a + c3 σ²_q,
 *   c1 = (N - Σ n_qk²/n_q) / (answers - n),  c2 = (Σ n_qk²/n_q - Σ n_qk²/N) / (n - 1),
 *   c3 = (N - Σ n_q²/N) / (n - 1),
 * which are J, J and K J when balanced. The standard error is that of the question means and needs
 * no component. Empty answers and questions are left out; null below two questions.
 */
export function estimateComponents(ratings: NestedRatings): VarianceComponents | null {
  const sums = collect(ratings);
  const { questions, answers, ratings: n } = sums;
  const question = ratio(sums.betweenQuestions, questions - 1);
  if (question === null) return null;
  const answer = ratio(sums.betweenAnswers, answers - questions);
  const judging = ratio(sums.within, n - answers);
  const noise = judging ?? 0;
  const c1 = (n - sums.answerShares) / (answers - questions);
  const c2 = (sums.answerShares - sums.answerSizes / n) / (questions - 1);
  const c3 = (n - sums.questionSizes / n) / (questions - 1);
  const ofAnswers = answer === null ? null : component((answer - noise) / c1);
  const centre = sumOf(sums.questionMeans) / questions;
  const spread = sumOf(sums.questionMeans.map((mean) => (mean - centre) ** 2)) / (questions - 1);
  return {
    meanSquares: { question, answer, judging },
    question: component((question - noise - c2 * (ofAnswers?.raw ?? 0)) / c3),
    answer: ofAnswers,
    judging: judging === null ? null : component(judging),
    questions,
    answersPerQuestion: answers / questions,
    judgingsPerAnswer: n / answers,
    se: Math.sqrt(spread / questions),
  };
}
