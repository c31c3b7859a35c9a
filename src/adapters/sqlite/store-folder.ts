import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from '../../domain/errors.ts';

/** Makes the folder that a store is to lie in. Throws OperatorError where the file system refuses. */
export function makeStoreFolder(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new OperatorError(
      `${file}: its folder ${folder} cannot be made (${String(error.code)}). Name another store with --db.`,
      { cause: error },
    );
  }
}
