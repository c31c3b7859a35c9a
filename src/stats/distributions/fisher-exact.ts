import { pick } from '../at.ts';
import type { Random } from '../random/random.ts';
import { logChoose } from './gamma-beta.ts';

/** P(X = k) for k marked among `drawn` from `total` of which `marked` are marked. */
export function hypergeometricProbability(
  k: number,
  marked: number,
  drawn: number,
  total: number,
): number {
  if (k < Math.max(0, drawn + marked - total) || k > Math.min(marked, drawn)) return 0;
  return Math.exp(
    logChoose(marked, k) + logChoose(total - marked, drawn - k) - logChoose(total, drawn),
  );
}

export interface FisherOptions {
  readonly random: Random;
  /** Tables enumerated at most; more are sampled. 2,000,000 by default. */
  readonly tables?: number;
  /** Sampled tables; 9999 by default. */
  readonly samples?: number;
}

export interface FisherResult {
  readonly p: number;
  readonly method: 'exact' | 'monte-carlo';
}

/** Probabilities that differ by rounding only count as equal, as in R's fisher.test. */
const SLACK = 1e-7;

interface Margins {
  readonly rows: readonly number[];
  /** Total of the first column. */
  readonly first: number;
  /** Room left in the rows from each one on. */
  readonly roomFrom: readonly number[];
}

function marginsOf(table: readonly (readonly [number, number])[]): Margins {
  const rows = table.map(([first, second]) => first + second);
  const roomFrom = rows.map((_, row) => rows.slice(row).reduce((sum, size) => sum + size, 0));
  return { rows, first: table.reduce((sum, [first]) => sum + first, 0), roomFrom };
}

/** Σ over all tables with these margins of their probability, where `counts` says they are as rare. */
function enumerate(margins: Margins, limit: number, budget: number): number | null {
  const { rows, first, roomFrom } = margins;
  const scale = logChoose(pick(roomFrom, 0), first);
  let tables = 0;
  let sum = 0;
  const descend = (row: number, left: number, logWeight: number): boolean => {
    const size = pick(rows, row);
    if (row === rows.length - 1) {
      tables += 1;
      const logProbability = logWeight + logChoose(size, left) - scale;
      if (logProbability <= limit) sum += Math.exp(logProbability);
      return tables <= budget;
    }
    const least = Math.max(0, left - pick(roomFrom, row + 1));
    for (let taken = least; taken <= Math.min(size, left); taken += 1) {
      if (!descend(row + 1, left - taken, logWeight + logChoose(size, taken))) return false;
    }
    return true;
  };
  return descend(0, first, 0) ? Math.min(1, sum) : null;
}

function sampleTables(margins: Margins, limit: number, options: FisherOptions): number {
  const { rows, first, roomFrom } = margins;
  const total = pick(roomFrom, 0);
  const rowOf = rows.flatMap((size, row) => Array.from({ length: size }, () => row));
  const scale = logChoose(total, first);
  const samples = options.samples ?? 9999;
  let asRare = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const deck = Int32Array.from(rowOf);
    const counts = rows.map(() => 0);
    for (let card = 0; card < first; card += 1) {
      const chosen = card + options.random.int(total - card);
      const row = Number(deck[chosen]);
      deck[chosen] = Number(deck[card]);
      counts[row] = pick(counts, row) + 1;
    }
    const logProbability = counts.reduce(
      (sum, k, row) => sum + logChoose(pick(rows, row), k),
      -scale,
    );
    if (logProbability <= limit) asRare += 1;
  }
  return (asRare + 1) / (samples + 1);
}

/**
 * Fisher's exact test of an r×2 table (Freeman & Halton 1951, Biometrika 38): the probability, given
 * the margins, of a table no likelier than this one. For outcomes of several groups, such as missing
 * and present by model. Enumerates where that is feasible, else samples tables with these margins,
 * p = (b + 1) / (B + 1). 1 where a column or all rows but one are empty; null for an empty table.
 */
export function fisherExact(
  table: readonly (readonly [number, number])[],
  options: FisherOptions,
): FisherResult | null {
  const filled = table.filter(([first, second]) => first + second > 0);
  if (filled.length === 0) return null;
  const rarer = filled.reduce((sum, [first, second]) => sum + first - second, 0) <= 0;
  const margins = marginsOf(rarer ? filled : filled.map(([first, second]) => [second, first]));
  const scale = logChoose(pick(margins.roomFrom, 0), margins.first);
  const observed = filled.reduce((sum, [a, b]) => sum + logChoose(a + b, a), -scale);
  const limit = observed + SLACK;
  const exact = enumerate(margins, limit, options.tables ?? 2_000_000);
  if (exact !== null) return { p: exact, method: 'exact' };
  return { p: sampleTables(margins, limit, options), method: 'monte-carlo' };
}
