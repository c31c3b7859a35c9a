import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { InputError } from '../../domain/errors.ts';

/** Reads a UTF-8 text file. Throws InputError where it is missing, no text, or may not be read. */
export function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    throw new InputError([{ file, message: reason }], { cause: error });
  }
}

function reasonOf(error: unknown): string | null {
  if (error instanceof TypeError) return 'is not UTF-8 text';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EISDIR') return 'is a directory; name a file in it';
  return code === 'EACCES' ? 'may not be read: permission denied' : null;
}

export function fileExists(file: string): boolean {
  return existsSync(file);
}

/** Whether two paths lead to one file that is there. */
export function sameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}

/** Names of what lies in a folder, sorted; none where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
