import { normalQuantile } from '../../stats/distributions/normal.ts';
import { detectableGain, newcombeInterval } from '../../stats/tests/proportions.ts';
import type { AccuracyRow, AccuracyTable } from './accuracy-figures.ts';

/**
 * Whether a difference that the paper prints is more than chance at its number of questions.
 * `yes`: its interval leaves out 0 even if both models had answered questions of their own; `if paired`:
 * not so, but a paired test would show it if the models disagree on few enough questions; `no`: not even
 * then.
 */
export type Resolved = 'yes' | 'if paired' | 'no';

/** Approach against the first of its row, in percentage points. */
export interface PaperDifference {
  readonly benchmark: string;
  readonly language: string;
  readonly approach: string;
  readonly value: number;
  /** 95 % interval of independent samples (Newcombe), and what printing lost. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly resolved: Resolved;
  /** Smallest gain that independent samples of this size show with 80 % power; null where none does. */
  readonly detects: number | null;
  /**
   * Largest share of questions, 0 to 1, on which just one of the two models may be right for McNemar's
   * test to show the difference at 5 %: n δ² / z², from δ √n = z √d.
   */
  readonly discordantMost: number;
}

const Z = normalQuantile(0.975);

/** Every difference that a table prints, resolved or not at its n. */
export function paperDifferences(table: AccuracyTable): PaperDifference[] {
  const step = 10 ** -table.decimals;
  return table.rows.flatMap((row) =>
    table.approaches.slice(1).map((approach, index) => ({
      ...{ benchmark: row.benchmark, language: row.language, approach, n: row.n },
      ...differenceOf(row, index + 1, step),
    })),
  );
}

function differenceOf({ values, n }: AccuracyRow, index: number, step: number) {
  const share = (place: number) => ({ successes: ((values[place] ?? 0) / 100) * n, n });
  const [base, own] = [share(0), share(index)];
  const value = (values[index] ?? 0) - (values[0] ?? 0);
  const { low, high } = newcombeInterval(own, base);
  // Rounding may have moved each of the two by half a step.
  const interval = { low: 100 * low - step, high: 100 * high + step };
  const delta = Math.max(0, Math.abs(value) - step) / 100;
  const discordantMost = Math.min(1, (n * delta * delta) / (Z * Z));
  const gain = detectableGain(base, {});
  return {
    value,
    ...interval,
    resolved: resolvedBy(interval, { delta, discordantMost }),
    detects: gain === null ? null : 100 * gain,
    discordantMost,
  };
}

function resolvedBy(
  { low, high }: { readonly low: number; readonly high: number },
  { delta, discordantMost }: { readonly delta: number; readonly discordantMost: number },
): Resolved {
  if (low > 0 || high < 0) return 'yes';
  // Models that differ by δ disagree on a share δ of the questions at least.
  return delta > 0 && discordantMost > delta ? 'if paired' : 'no';
}
