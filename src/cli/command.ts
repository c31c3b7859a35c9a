import { type Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the exit code of a command that ended without an error. */
  readonly end: (code: ExitCode) => void;
}

/** Adds one command to the program. Its work is imported when it runs, so that help answers at once. */
export type DefineCommand = (program: Command, context: CommandContext) => void;

/** The flags of a command as its definition has them. */
export type FlagsOf<Define extends (program: Command) => { opts(): unknown }> = ReturnType<
  ReturnType<Define>['opts']
>;

export const DEFAULT_DB = 'results/care-judge.sqlite';

/** A whole number of at least `least` from the command line. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`must be a whole number of at least ${least}`);
    }
    return value;
  };
}
