import type { InputProblem } from '../domain/errors.ts';

/** Problems listed one by one; what comes after them is counted. More would scroll the first away. */
const MAX_LISTED = 50;

export interface ProblemList {
  add(...problems: readonly InputProblem[]): void;
  isEmpty(): boolean;
  /** The problems in order, the last one saying how many more there are. */
  listed(): readonly InputProblem[];
}

export function createProblemList(): ProblemList {
  const kept: InputProblem[] = [];
  let dropped = 0;
  let firstDroppedFile = '';
  return {
    add(...problems) {
      for (const problem of problems) {
        if (kept.length < MAX_LISTED) {
          kept.push(problem);
        } else {
          if (dropped === 0) firstDroppedFile = problem.file;
          dropped += 1;
        }
      }
    },
    isEmpty: () => kept.length === 0,
    listed: () =>
      dropped === 0 ? kept : [...kept, { file: firstDroppedFile, message: `and ${dropped} more` }],
  };
}
