import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { OperatorError } from '../../domain/errors.ts';
import type { BatchFolder, LineWriter } from '../../ports/batch-folder.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** The folder of batch files beside a store: `results/x.sqlite` has `results/x.batches`. */
export function besideStore(db: string): string {
  return `${db.replace(/\.[^./\\]*$/, '')}.batches`;
}

/** A folder of batch files; it is made when the first is written. */
export function openBatchFolder(folder: string): BatchFolder {
  const path = (name: string) => join(folder, name);
  return {
    path,
    write: (name) => createWriter(folder, name),
    sha256: async (name) => (existsSync(path(name)) ? await sha256Of(path(name)) : null),
    lines: (name) => readLines(path(name)),
    remove: async (name) => {
      await rm(path(name), { force: true });
      if (existsSync(folder) && (await readdir(folder)).length === 0)
        await rm(folder, { recursive: true, force: true });
    },
  };
}

function createWriter(folder: string, name: string): LineWriter {
  const file = join(folder, name);
  const part = `${file}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  mkdirSync(folder, { recursive: true });
  const stream = createWriteStream(part);
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  const guard = async (work: () => Promise<void>) => {
    try {
      await work();
      if (failure !== null) throw failure;
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new OperatorError(`cannot write ${file}: ${error.message}`, { cause: error });
    }
  };
  return {
    add: (line) =>
      guard(async () => {
        const text = Buffer.from(`${line}\n`);
        hash.update(text);
        bytes += text.length;
        if (!stream.write(text)) await once(stream, 'drain');
      }),
    end: async () => {
      await guard(async () => {
        stream.end();
        await finished(stream);
        await rename(part, file);
      });
      return { sha256: hash.digest('hex'), bytes };
    },
    drop: async () => {
      stream.destroy();
      await rm(part, { force: true });
    },
  };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Ends at line feeds alone: U+2028 is a character like any other inside JSON. */
async function* readLines(
  file: string,
): AsyncGenerator<{ readonly text: string; readonly cut: boolean }> {
  let rest = '';
  let begun = false;
  for await (const chunk of createReadStream(file, 'utf8')) {
    const text = String(chunk);
    const lines = `${rest}${begun ? text : withoutMark(text)}`.split('\n');
    begun = true;
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield { text: line, cut: false };
  }
  if (rest.trim() !== '') yield { text: rest, cut: !isJson(rest) };
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
