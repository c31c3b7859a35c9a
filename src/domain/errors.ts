/** A mistake that the person at the terminal can mend: shown as its message alone, without a stack. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** One problem of an input file, placed so that an editor can jump to it. */
export interface InputProblem {
  readonly file: string;
  /** 1-based; absent where the format has no lines (Parquet). */
  readonly line?: number;
  /** Where inside the line or document: `models[0].endpoint`, `question`. */
  readonly path?: string;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** Renders a problem as `file:line: path: message`. */
export function renderProblem(problem: InputProblem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return problem.path
    ? `${place}: ${problem.path}: ${problem.message}`
    : `${place}: ${problem.message}`;
}

/** All problems of a config, dataset or template, reported at once. */
export class InputError extends OperatorError {
  override name = 'InputError';
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[], options?: ErrorOptions) {
    super(problems.map(renderProblem).join('\n'), options);
    this.problems = problems;
  }
}
