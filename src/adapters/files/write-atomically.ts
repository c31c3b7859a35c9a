import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OperatorError } from '../../domain/errors.ts';

/**
 * Creates the folders, lets `write` fill a temporary file beside the target and renames it at the
 * end: the target is the old file or the whole new one, never a part. Throws OperatorError where the
 * file system refuses; errors of `write` itself pass through.
 */
export async function writeAtomically<T>(
  file: string,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(file), { recursive: true });
    return await writeAndRename(temporary, file, write);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new OperatorError(`cannot write ${file}: ${error.message}`, { cause: error });
  }
}

async function writeAndRename<T>(
  temporary: string,
  file: string,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  try {
    const written = await write(temporary);
    await rename(temporary, file);
    return written;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a text as UTF-8 in one step, creating folders. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await writeContent(file, text);
}

/** Writes bytes, or a text as UTF-8, in one step, creating folders. */
export async function writeContent(file: string, content: string | Uint8Array): Promise<void> {
  await writeAtomically(file, (temporary) => writeFile(temporary, content));
}
