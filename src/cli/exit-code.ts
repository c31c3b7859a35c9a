/** What the program's exit code means; the README's table is the same. */
export const EXIT = {
  ok: 0,
  gateFailed: 1,
  /** Wrong usage, config, input file or store: nothing was called. */
  usage: 2,
  /** Finished, but ratings are missing. */
  missing: 3,
  inconclusive: 4,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
