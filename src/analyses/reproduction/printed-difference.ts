import { DIFFERENCE_RANGES } from '../../series/contrasts/difference-interval.ts';
import { studentTCdf, studentTQuantile } from '../../stats/distributions/student-t.ts';
import { within } from '../../stats/means/intervals.ts';
import { type Stratum, stratifiedMean } from '../../stats/means/stratified.ts';
import { holm } from '../../stats/tests/multiplicity.ts';

/** A figure of which only the mean was printed. */
export interface PrintedFigure {
  readonly value: number;
  /** Questions behind it. */
  readonly n: number;
  /** How far the printed value may lie from the true one. */
  readonly step: number;
}

/** What answering and judging the same questions again would change. */
export interface RerunVariance {
  /** Of one answer judged once, as the paper did it, and of our mean over a question's answers. */
  readonly printed: number;
  readonly ours: number;
  readonly df: number;
}

export interface OwnFigure {
  /** Question means of each category; of both sides' differences where a difference was printed. */
  readonly strata: readonly Stratum[];
  /** null unless the questions are the paper's and were answered more than once. */
  readonly rerun: RerunVariance | null;
}

/** Our figure minus the printed one. */
export interface PrintedDifference {
  readonly value: number;
  /** 95 % interval for this cell alone, with what printing lost. */
  readonly low: number;
  readonly high: number;
  readonly se: number;
  readonly df: number;
  /** Two-sided, for this cell alone. */
  readonly p: number;
  /** The smallest margin within which the two could be called the same (two one-sided 5 % tests). */
  readonly withinMargin: number;
  readonly method: 'spread of questions' | 'measured reruns';
}

/**
 * Compares a mean with one of which nothing but the value was printed. Under the null hypothesis the
 * two differ only by chance, of which there are two accounts:
 * - Measured reruns: the same questions were asked, so their choice cancels out and only answering
 *   and judging vary, Var = σ²/n_p + σ²'/n with the variances that our repeated answers show (Miller
 *   2024, arXiv 2411.00640, the part that resampling reduces; the paper's is taken to be ours).
 * - Spread of questions: with one answer a question that part cannot be told from the spread between
 *   questions, which is known to be larger: SE² (1 + n/n_p), SE the stratified error of our mean, as if
 *   both had drawn questions of their own. Sharing them makes the true variance smaller, never larger,
 *   so that `differs` is said too rarely and `consistent` too rarely: it errs towards `cannot tell`.
 * Printing moved the paper's value by at most `step`, which widens the interval at both ends and is
 * taken off the difference before it is tested. null where our ratings show no spread at all.
 */
export function differenceFromPrinted(
  printed: PrintedFigure,
  { strata, rerun }: OwnFigure,
): PrintedDifference | null {
  const own = stratifiedMean(strata, 'micro');
  if (own === null) return null;
  const error = rerun === null ? spreadError(own, printed.n) : rerunError(rerun, own.n, printed.n);
  if (error === null) return null;
  const { se, df } = error;
  const value = own.mean - printed.value;
  const half = studentTQuantile(0.975, df) * se + printed.step;
  const apart = Math.max(0, Math.abs(value) - printed.step);
  return {
    value,
    ...within({ low: value - half, high: value + half }, DIFFERENCE_RANGES.rating),
    se,
    df,
    p: 2 * studentTCdf(-apart / se, df),
    withinMargin: Math.abs(value) + studentTQuantile(0.95, df) * se + printed.step,
    method: rerun === null ? 'spread of questions' : 'measured reruns',
  };
}

interface MeanError {
  readonly se: number;
  readonly df: number;
}

function spreadError(
  { se, df, n }: { readonly se: number | null; readonly df: number | null; readonly n: number },
  printedN: number,
): MeanError | null {
  // Equal ratings can leave a trace of rounding.
  return se === null || df === null || se < 1e-9
    ? null
    : { se: se * Math.sqrt(1 + n / printedN), df };
}

function rerunError(
  { printed, ours, df }: RerunVariance,
  n: number,
  printedN: number,
): MeanError | null {
  const variance = printed / printedN + ours / n;
  return variance > 0 && df > 0 ? { se: Math.sqrt(variance), df } : null;
}

export type CellVerdict = 'consistent' | 'differs' | 'cannot tell';

/** Error rates and margins of a verdict. */
export interface VerdictRule {
  /** Rating points within which an average, or a single category or scope, counts as the same. */
  readonly margin: { readonly average: number; readonly cell: number };
  /** Chance of any false `differs` among a table's averages, and among its single cells. */
  readonly level: number;
}

export const DEFAULT_RULE: VerdictRule = { margin: { average: 0.5, cell: 1 }, level: 0.05 };

export interface JudgedCell {
  readonly verdict: CellVerdict;
  /** Holm's p over the table's averages, or over its single cells. */
  readonly adjusted: number;
}

/**
 * A verdict for each cell: `consistent` where the difference is shown to be within the margin (TOST,
 * Schuirmann 1987, J. Pharmacokinet. Biopharm. 15: the 90 % interval lies inside it), whether or not it
 * is also shown to be other than 0; else `differs` where Holm's adjusted p is at most the level; else
 * `cannot tell`.
 */
export function judgeCells(
  cells: readonly { readonly difference: PrintedDifference; readonly average: boolean }[],
  { margin, level }: VerdictRule,
): JudgedCell[] {
  const adjusted = cells.map(() => 1);
  for (const family of [true, false]) {
    const places = cells.flatMap(({ average }, place) => (average === family ? [place] : []));
    const pValues = places.map((place) => cells[place]?.difference.p ?? 1);
    for (const [index, p] of holm(pValues).entries()) adjusted[places[index] ?? -1] = p;
  }
  return cells.map(({ difference, average }, place) => {
    const p = adjusted[place] ?? 1;
    const within = difference.withinMargin <= (average ? margin.average : margin.cell);
    const otherwise = p <= level ? 'differs' : 'cannot tell';
    return { adjusted: p, verdict: within ? 'consistent' : otherwise };
  });
}
