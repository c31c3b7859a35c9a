import { compareAll } from '../../analyses/comparison/compare.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { AnswerTable } from './answer-table.ts';
import { type Side, scoredRows } from './pairs.ts';
import type { ListedPairs } from './viewer.ts';
import type { PairList } from './wire.ts';

/** More flips than this wait longer than a filter should. */
const FLIPS = 999;

/** The first side against every other on the questions that a filter leaves, as `compare` has it. */
export function pairedFigures(
  table: AnswerTable,
  { sides, compared }: Pick<ListedPairs, 'sides' | 'compared'>,
): PairList['figures'] {
  const [first, ...others] = sides;
  if (first === undefined || compared.length === 0) return [];
  return others.map((other) => figuresOf(table, [first, other], compared));
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
      { flips: FLIPS },
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
