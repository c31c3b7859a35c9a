import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../../domain/errors.ts';
import { type Checksum, hashFile, isIntact } from './checksum.ts';
import type { WebClient, WebReply } from './web-client.ts';

export interface DownloadRequest {
  readonly url: string;
  readonly target: string;
  readonly sum: Checksum;
  readonly token?: string | null;
  /** What to add where the host cannot be reached, or refuses. */
  readonly hint: string;
}

/** Tries of one file, each going on where the one before broke off. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 300;

/**
 * Brings a file into place, or finds it there. What came so far is kept beside it as `.part`, so that
 * a later call goes on with it; it takes the file's name only once its sum is right. Throws
 * OperatorError where the host or the sum is wrong.
 */
export async function download(
  client: WebClient,
  request: DownloadRequest,
): Promise<'present' | 'fetched'> {
  const { target, sum } = request;
  if (await isIntact(target, sum)) return 'present';
  const part = `${target}.part`;
  await writing(part, () => mkdir(dirname(target), { recursive: true }));
  const resumed = await transfer(client, request, part);
  let found = await hashFile(part, sum.algorithm);
  if (resumed && found !== sum.hex) {
    // The beginning may be another version's: once more from nothing before it counts as wrong.
    await rm(part, { force: true });
    await transfer(client, request, part);
    found = await hashFile(part, sum.algorithm);
  }
  if (found !== sum.hex) {
    await rm(part, { force: true });
    throw new OperatorError(wrongSum(request.url, sum, found));
  }
  await writing(target, () => rename(part, target));
  return 'fetched';
}

/** Puts a copy of a file at hand into place; throws OperatorError where it is not the one that was meant. */
export async function copyInto(
  source: string,
  target: string,
  sum: Checksum | null,
): Promise<'present' | 'copied'> {
  if (await isIntact(target, sum)) return 'present';
  const part = `${target}.part`;
  await writing(target, () => mkdir(dirname(target), { recursive: true }));
  await writing(target, () => copyFile(source, part));
  const found = sum === null ? null : await hashFile(part, sum.algorithm);
  if (sum !== null && found !== sum.hex) {
    await rm(part, { force: true });
    throw new OperatorError(wrongSum(source, sum, found));
  }
  await writing(target, () => rename(part, target));
  return 'copied';
}

function wrongSum(where: string, { algorithm, hex }: Checksum, found: string | null): string {
  const name = algorithm === 'sha256' ? 'SHA-256' : 'git blob SHA-1';
  return `${where}: is not the file that was meant, and was not kept.\n  ${name} expected ${hex}\n  ${' '.repeat(name.length)} found    ${found}`;
}

/** Fills the part file; true where it went on with one that was there. */
async function transfer(
  client: WebClient,
  request: DownloadRequest,
  part: string,
): Promise<boolean> {
  const begun = await sizeOf(part);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await appendTo(part, client, request);
      return begun > 0;
    } catch (error) {
      if (error instanceof OperatorError) throw error;
      if (attempt === ATTEMPTS)
        throw new OperatorError(await unreachable(error, request, part), { cause: error });
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

async function appendTo(part: string, client: WebClient, request: DownloadRequest): Promise<void> {
  const { url, token = null } = request;
  const size = await sizeOf(part);
  const range = size > 0 ? { range: `bytes=${size}-` } : {};
  const reply = await client.get(url, { headers: range, token });
  const begin = beginning(reply, size);
  if (begin === null) {
    await reply.body.dump();
    // Nothing lies behind what is there: it is whole, or its sum will tell.
    if (reply.status === 416 && size > 0) return;
    if (reply.status === 429 || reply.status >= 500) throw new Error(`HTTP ${reply.status}`);
    throw new OperatorError(refused(request, reply.status));
  }
  const file = await writing(part, () => open(part, begin === 0 ? 'w' : 'a'));
  try {
    for await (const chunk of reply.body) await writing(part, () => file.appendFile(chunk));
  } finally {
    await file.close();
  }
}

/** Where the reply's bytes belong; null where it brings none that fit. */
function beginning({ status, headers }: WebReply, size: number): number | null {
  if (status === 200) return 0;
  if (status !== 206) return null;
  const [, start] = /^bytes (\d+)-/.exec(String(headers['content-range'])) ?? [];
  return Number(start) === size ? size : null;
}

function refused({ url, hint }: DownloadRequest, status: number): string {
  const why: Record<number, string> = {
    401: 'wants a token (HF_TOKEN), or does not take the one it got',
    403: 'does not let you have this file',
    404: 'has no such file',
    407: 'is behind a proxy that wants a name and password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT',
  };
  return `${url}: the host ${why[status] ?? `answered with HTTP ${status}`}. ${hint}`;
}

async function unreachable(error: unknown, { url, hint }: DownloadRequest, part: string) {
  const size = await sizeOf(part);
  const came = size > 0 ? ` ${size} bytes are kept; the same command goes on with them.` : '';
  return `cannot fetch ${url}: ${reasonOf(error)}.${came} ${hint}`;
}

/** Several addresses that all refused come as one error without words of its own. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  const code = 'code' in error ? String(error.code) : error.name;
  return code;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

/** A full disk is the operator's to mend; trying again would not. */
async function writing<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new OperatorError(`cannot write ${file}: ${error.message}`, { cause: error });
  }
}
