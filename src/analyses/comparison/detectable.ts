import type { RerunNoise } from '../../series/scores/scored-series.ts';
import { detectableAt, neededQuestions } from '../../stats/tests/power.ts';
import type { Difference } from './difference.ts';

type Spread = Pick<Difference, 'se' | 'n' | 'difference'>;

/** Difference that is found with 80 % power at a two-sided 5 %; null where no spread was seen. */
export function smallestDetectable({ se }: Spread): number | null {
  return se !== null && se > 0 ? detectableAt(se) : null;
}

/** Questions at which a difference of this size is found with 80 % power, spread as here. */
export function neededForDifference({ se, n, difference }: Spread): number | null {
  if (se === null || se === 0 || Math.abs(difference) < NOTHING) return null;
  return neededQuestions(difference, { questions: n * se * se });
}

/** Smaller differences are rounding, which no number of questions is worth naming for. */
const NOTHING = 1e-9;

/**
 * Answers a question, on either side, at which a difference of this size is found with 80 % power on
 * the same n questions: K = (σ²_A + σ²_B) / (n (|D| / (z_{α/2} + z_β))² - ω²) with
 * ω² = n SE² - σ²_A/K_A - σ²_B/K_B (Miller 2024, arXiv 2411.00640, §5, solved for K). null where
 * more answers cannot do it, as ω² alone is too large, or where reruns were not measured.
 */
export function neededAnswers(
  { se, n, difference }: Spread,
  [candidate, baseline]: readonly [RerunNoise | undefined, RerunNoise | undefined],
): number | null {
  if (!candidate || !baseline || se === null || se === 0) return null;
  const now = candidate.variance / candidate.answers + baseline.variance / baseline.answers;
  const between = Math.max(0, n * se * se - now);
  const wanted = n * (difference / detectableAt(1)) ** 2;
  const noise = candidate.variance + baseline.variance;
  return wanted > between && noise > 0 ? Math.ceil(noise / (wanted - between)) : null;
}
