import type { RerunNoise } from '../../series/scores/scored-series.ts';
import { detectableAt, neededDraws } from '../../stats/tests/power.ts';
import type { Difference } from './difference.ts';

type Spread = Pick<Difference, 'se' | 'df' | 'n' | 'clusters' | 'difference'>;

/**
 * Difference that the sign-flip test of so many draws finds with 80 % power at a two-sided 5 %; null
 * where no spread was seen or no data could reach 5 %.
 */
export function smallestDetectable({ se, df, clusters }: Spread): number | null {
  return se === null || df === null ? null : detectableAt({ se, df, flipped: clusters });
}

/** Questions at which a difference of this size is found with 80 % power, spread as here: six at least. */
export function neededForDifference({ se, n, clusters, difference }: Spread): number | null {
  if (se === null || se === 0 || Math.abs(difference) < NOTHING) return null;
  const draws = neededDraws(difference / (se * Math.sqrt(clusters)));
  return draws === null ? null : Math.ceil((draws * n) / clusters);
}

/** Smaller differences are rounding, which no number of questions is worth naming for. */
const NOTHING = 1e-9;

/**
 * Answers a question, on either side, at which a difference of this size is found with 80 % power on
 * the same n questions: K = (σ²_A + σ²_B) / (n (|D| / δ)² - ω²), δ = detectable / SE, with
 * ω² = n SE² - σ²_A/K_A - σ²_B/K_B (Miller 2024, arXiv 2411.00640, §5, solved for K). null where
 * more answers cannot do it, as ω² alone is too large, or where reruns were not measured.
 */
export function neededAnswers(
  found: Spread,
  [candidate, baseline]: readonly [RerunNoise | undefined, RerunNoise | undefined],
): number | null {
  const { se, n, difference } = found;
  const detectable = smallestDetectable(found);
  if (!candidate || !baseline || se === null || detectable === null) return null;
  const now = candidate.variance / candidate.answers + baseline.variance / baseline.answers;
  const between = Math.max(0, n * se * se - now);
  const wanted = n * ((difference * se) / detectable) ** 2;
  const noise = candidate.variance + baseline.variance;
  return wanted > between && noise > 0 ? Math.ceil(noise / (wanted - between)) : null;
}
