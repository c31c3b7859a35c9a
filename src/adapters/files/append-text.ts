import { appendFileSync } from 'node:fs';
import { OperatorError } from '../../domain/errors.ts';

/** Adds to the end of a file that others write to as well. Throws OperatorError where it may not. */
export function appendText(file: string, text: string): void {
  try {
    appendFileSync(file, text, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new OperatorError(`cannot write ${file}: ${error.message}`, { cause: error });
  }
}
