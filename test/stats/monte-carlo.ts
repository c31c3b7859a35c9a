import { vi } from 'vitest';

const { CARE_JUDGE_PROVE_REPS: wanted } = process.env;
// A full-size proof takes minutes, beyond what the suite allows a test.
if (wanted !== undefined) vi.setConfig({ testTimeout: 3_600_000 });

/**
 * Repetitions of a Monte-Carlo proof: the given number, fit for every commit, or the environment
 * variable CARE_JUDGE_PROVE_REPS for a full-size run (2000 and more).
 */
export function repetitions(usual: number): number {
  if (wanted === undefined) return usual;
  const reps = Number(wanted);
  if (!(Number.isInteger(reps) && reps > 0)) throw new RangeError(`${wanted} repetitions`);
  return reps;
}

/** Three standard errors of a proportion found by simulation. */
export function tolerance(share: number, reps: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / reps);
}

/** The share of `reps` repetitions for which `holds` is true. */
export function shareOf(reps: number, holds: (rep: number) => boolean): number {
  let count = 0;
  for (let rep = 0; rep < reps; rep += 1) if (holds(rep)) count += 1;
  return count / reps;
}
