import { createRandom } from '../../stats/random/random.ts';
import {
  type LabelledCompletion,
  type PreferencePair,
  type RatedQuestion,
  referenceSide,
  sideOf,
} from './candidates.ts';
import { PAIR_RULES, type RuleName } from './rules/index.ts';
import { best, type RuleOptions, worst } from './rules/rule.ts';

export interface SelectionOptions extends Omit<RuleOptions, 'random'> {
  readonly rule: RuleName;
  readonly seed: number;
  readonly maxPerQuestion: number;
  /** Use human references too. */
  readonly references: boolean;
  /** Ratings from which a completion is desirable, and to which it is not; null where not given. */
  readonly desirable: number | null;
  readonly undesirable: number | null;
}

/** Rows with the questions that gave none. */
export interface Selected<Row> {
  readonly rows: readonly Row[];
  /** Questions with fewer than two answers, and those whose answers made no row. */
  readonly single: number;
  readonly none: number;
}

function selectEach<Row>(
  questions: readonly RatedQuestion[],
  least: number,
  rowsOf: (question: RatedQuestion) => readonly Row[],
): Selected<Row> {
  let [single, none] = [0, 0];
  const rows = questions.flatMap((question) => {
    const own = rowsOf(question);
    if (own.length > 0) return own;
    if (question.candidates.length < least) single += 1;
    else none += 1;
    return [];
  });
  return { rows, single, none };
}

/** Preference pairs by the rule, widest gaps first where a question has too many. */
export function selectPairs(
  questions: readonly RatedQuestion[],
  options: SelectionOptions,
): Selected<PreferencePair> {
  return selectEach(questions, 2, (question) => {
    const random = createRandom(options.seed).stream(question.key);
    const pairs = PAIR_RULES[options.rule].pairs(question.candidates, { ...options, random });
    const answers = pairs.map(({ chosen, rejected, gap, tied }) => ({
      ...{ question, gap, tied },
      chosen: sideOf(chosen),
      rejected: sideOf(rejected),
    }));
    const ranked = random.shuffle(answers).toSorted((a, b) => (b.gap ?? 0) - (a.gap ?? 0));
    return [...referencePairs(question, options), ...ranked].slice(0, options.maxPerQuestion);
  });
}

/** The reference against the lowest rated answer. */
function referencePairs(
  question: RatedQuestion,
  { references, seed }: SelectionOptions,
): PreferencePair[] {
  const chosen = referenceSide(question);
  if (!references || chosen === null || question.candidates.length === 0) return [];
  const lowest = worst(question.candidates);
  const [rejected] = createRandom(seed).stream(`reference ${question.key}`).shuffle(lowest);
  if (rejected === undefined || rejected.text.trim() === chosen.text.trim()) return [];
  return [{ question, chosen, rejected: sideOf(rejected), gap: null, tied: lowest.length - 1 }];
}

/** Answers that are clearly good or bad, for KTO; those between the thresholds are left out. */
export function selectLabelled(
  questions: readonly RatedQuestion[],
  options: SelectionOptions & { readonly desirable: number; readonly undesirable: number },
): Selected<LabelledCompletion> {
  return selectEach(questions, 1, (question) => {
    const { desirable, undesirable, maxPerQuestion } = options;
    const random = createRandom(options.seed).stream(question.key);
    const reference = options.references ? referenceSide(question) : null;
    const labelled = random.shuffle(question.candidates).flatMap((candidate) => {
      const { rating } = candidate;
      if (rating > undesirable && rating < desirable) return [];
      return [{ question, completion: sideOf(candidate), desirable: rating >= desirable }];
    });
    return [
      ...(reference === null ? [] : [{ question, completion: reference, desirable: true }]),
      ...labelled,
    ].slice(0, maxPerQuestion);
  });
}

/** One completion per question: the reference where it was asked for, else the highest rated answer. */
export function selectBest(
  questions: readonly RatedQuestion[],
  options: SelectionOptions,
): Selected<LabelledCompletion> {
  return selectEach(questions, 1, (question) => {
    const reference = options.references ? referenceSide(question) : null;
    if (reference !== null) return [{ question, completion: reference, desirable: true }];
    const least = options.desirable ?? 0;
    const top = question.candidates.length === 0 ? [] : best(question.candidates);
    const [chosen] = createRandom(options.seed)
      .stream(question.key)
      .shuffle(top.filter(({ rating }) => rating >= least));
    return chosen === undefined ? [] : [{ question, completion: sideOf(chosen), desirable: true }];
  });
}
