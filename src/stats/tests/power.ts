import { normalQuantile } from '../distributions/normal.ts';

/** What the variance of a paired mean difference is made of (Miller 2024, arXiv 2411.00640, §5). */
export interface PairedNoise {
  /** ω² = Var(x_A) + Var(x_B) - 2 Cov: variance over questions of the true difference. */
  readonly questions: number;
  /** σ²_A + σ²_B within a question; by default 0, that is, counted in `questions` already. */
  readonly answers?: readonly [number, number];
  /** Answers a question, K_A and K_B; 1 by default. */
  readonly repeats?: readonly [number, number];
}

export interface PowerOptions {
  /** Two-sided level; .05 by default. */
  readonly alpha?: number;
  readonly power?: number;
}

function varianceOfDifference(noise: PairedNoise): number {
  const [first, second] = noise.answers ?? [0, 0];
  const [firstRepeats, secondRepeats] = noise.repeats ?? [1, 1];
  return noise.questions + first / firstRepeats + second / secondRepeats;
}

const zSum = (options: PowerOptions) =>
  normalQuantile(1 - (options.alpha ?? 0.05) / 2) + normalQuantile(options.power ?? 0.8);

/**
 * Questions needed to detect a difference d: n = (z_{α/2} + z_β)² (ω² + σ²_A/K_A + σ²_B/K_B) / d²,
 * rounded up. null for d = 0, which no number of questions shows.
 */
export function neededQuestions(
  difference: number,
  noise: PairedNoise,
  options: PowerOptions = {},
): number | null {
  if (difference === 0) return null;
  return Math.ceil((zSum(options) ** 2 * varianceOfDifference(noise)) / difference ** 2);
}

/** Minimal detectable difference of n questions: the same solved for d. null for n < 1. */
export function minimalDetectableDifference(
  n: number,
  noise: PairedNoise,
  options: PowerOptions = {},
): number | null {
  if (n < 1) return null;
  return zSum(options) * Math.sqrt(varianceOfDifference(noise) / n);
}

/** Minimal detectable difference at a standard error that is known: (z_{α/2} + z_β) SE. */
export function detectableAt(se: number, options: PowerOptions = {}): number {
  return zSum(options) * se;
}
