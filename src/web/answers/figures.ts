import { compareAll } from '../../analyses/comparison/compare.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { AnswerTable } from './answer-table.ts';
import { type Side, scoredRows } from './pairs.ts';
import type { ListedPairs } from './viewer.ts';
import type { PairList } from './wire.ts';

/** Flips, and questions times flips, beyond which a reader would wait for a filter. */
const FLIPS = 999;
const MOST_SIGNS = 1e6;
const LEAST_FLIPS = 99;

const known = new WeakMap<object, PairList['figures']>();

/**
 * The first side against every other on the questions that a filter leaves, as `compare` has it but
 * for fewer sign-flips. Pages of one list have the same.
 */
export function pairedFigures(table: AnswerTable, listed: ListedPairs): PairList['figures'] {
  const before = known.get(listed);
  if (before) return before;
  const { sides, compared } = listed;
  const [first, ...others] = sides;
  const figures =
    first === undefined || compared.length === 0
      ? []
      : others.map((other) => figuresOf(table, [first, other], compared));
  known.set(listed, figures);
  return figures;
}

function figuresOf(
  table: AnswerTable,
  sides: readonly [Side, Side],
  questions: Uint32Array,
): PairList['figures'][number] {
  try {
    const set = compareAll(
      sides.map((side) => ({
        label: side.name,
        judgeKey: '',
        scale: 'rating' as const,
        rows: scoredRows(table, side, questions),
      })),
      { flips: flipsFor(questions.length) },
    );
    const total = set.comparisons[0]?.rows.find(({ family }) => family === 'total');
    if (total === undefined) return { refused: 'No question has both ratings.' };
    const { difference, low, high, p, wins, ties, losses, n, detectable } = total;
    return {
      ...{ first: sides[0].name, second: sides[1].name },
      ...{ difference, low, high, p, wins, ties, losses, n, detectable },
      means: [total.candidate, total.baseline],
    };
  } catch (error) {
    if (error instanceof OperatorError) return { refused: error.message };
    throw error;
  }
}

function flipsFor(questions: number): number {
  return Math.min(FLIPS, Math.max(LEAST_FLIPS, Math.floor(MOST_SIGNS / questions)));
}
