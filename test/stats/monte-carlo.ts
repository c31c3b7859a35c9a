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

/** Whether the proofs run at full size, for tables that a commit's run leaves out. */
export const FULL_SIZE = wanted !== undefined;

/** Prints a proof's table with the standard error of its least certain share. */
export function printShares(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly [string, readonly number[]])[],
  reps: number,
): void {
  if (!FULL_SIZE) return;
  const errors = rows.flatMap(([, shares]) => shares.map((p) => Math.sqrt((p * (1 - p)) / reps)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown = (share: number) => share.toFixed(3).replace(/^0/, '');
  process.stdout.write(
    `\n${[
      `${title} (${reps} repetitions, SE at most ${shown(Math.max(...errors))})`,
      '',
      line(['', ...headings]),
      line([':--', ...headings.map(() => '--:')]),
      ...rows.map(([name, shares]) => line([name, ...shares.map(shown)])),
    ].join('\n')}\n`,
  );
}
