import { join } from 'node:path';
import type { Checksum } from '../adapters/fetch/checksum.ts';
import { copyInto, download } from '../adapters/fetch/download.ts';
import { folderExists } from '../adapters/fetch/folder.ts';
import { createWebClient } from '../adapters/fetch/web-client.ts';
import { fileExists, readText } from '../adapters/files/read-text.ts';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import {
  CARE_COMMIT,
  CARE_FILES,
  CARE_REPOSITORY,
  type ReleasedFile,
} from '../prepare/care-release.ts';
import { fromReleased } from '../prompts/released-template.ts';

export interface FetchRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where to; left out: `configs/items/care` in a checkout, else `items/care`. */
  readonly out?: string | undefined;
  /** A folder that has the files already. */
  readonly from?: string | undefined;
  /** A URL that has the files in place of the public one. */
  readonly mirror?: string | undefined;
  readonly onFile?: (file: FetchedFile) => void;
}

export interface FetchedFile {
  readonly name: string;
  readonly state: 'present' | 'fetched' | 'copied' | 'written';
}

export interface FetchedFolder {
  readonly folder: string;
  readonly files: readonly FetchedFile[];
}

/**
 * Brings the CARE test set and its judge prompts into a folder, each file checked against its SHA-256,
 * and writes the prompts as templates beside them. Throws OperatorError.
 */
export async function fetchCare(request: FetchRequest): Promise<FetchedFolder> {
  const folder = request.out ?? defaultFolder();
  const { from } = request;
  const obtained =
    from === undefined ? await fetchAll(folder, request) : await copyAll(folder, from, request);
  return { folder, files: [...obtained, ...(await writeTemplates(folder, request))] };
}

/** Beside the configs of a checkout, where those of `configs/paper` look; else where `init` puts questions. */
export function defaultFolder(): string {
  return folderExists('configs') ? join('configs', 'items', 'care') : join('items', 'care');
}

async function fetchAll(folder: string, request: FetchRequest): Promise<FetchedFile[]> {
  const base = baseUrl(request);
  const client = createWebClient(request.environment);
  const done: FetchedFile[] = [];
  try {
    for (const { path, name, sha256 } of CARE_FILES) {
      const state = await download(client, {
        url: `${base}/${path}`,
        target: join(folder, name),
        sum: sha256Of(sha256),
        hint: OFFLINE_HINT,
      });
      done.push(told(request, { name, state }));
    }
  } finally {
    await client.close();
  }
  return done;
}

const OFFLINE_HINT =
  'Without a way there: name a copy of the repository with --mirror URL (or CARE_JUDGE_MIRROR), a proxy with HTTPS_PROXY, or a folder that has the files with --from DIR.';

function baseUrl({ mirror, environment }: FetchRequest): string {
  const given = mirror ?? environment['CARE_JUDGE_MIRROR'] ?? '';
  if (given.trim() === '')
    return `https://raw.githubusercontent.com/${CARE_REPOSITORY}/${CARE_COMMIT}`;
  return webAddress(given, mirror === undefined ? 'CARE_JUDGE_MIRROR' : '--mirror');
}

/** An http address without the slash at its end. Throws OperatorError. */
export function webAddress(text: string, name: string): string {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new OperatorError(`${name}: must be an http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw new OperatorError(`${name}: must not hold a name or password, which messages would show`);
  return url.href.replace(/\/+$/, '');
}

async function copyAll(
  folder: string,
  from: string,
  request: FetchRequest,
): Promise<FetchedFile[]> {
  if (!folderExists(from)) throw new OperatorError(`--from: there is no folder ${from}`);
  const found = CARE_FILES.map((file) => ({ ...file, source: placeIn(from, file) }));
  const absent = found.filter(({ source }) => source === null).map(({ path }) => path);
  if (absent.length > 0) {
    throw new OperatorError(
      `--from: ${from} lacks ${absent.join(', ')}. It can be a checkout of github.com/${CARE_REPOSITORY}, or a folder with the questions beside prompts/.`,
    );
  }
  const done: FetchedFile[] = [];
  for (const { name, sha256, source } of found) {
    if (source === null) continue;
    const state = await copyInto(source, join(folder, name), sha256Of(sha256));
    done.push(told(request, { name, state }));
  }
  return done;
}

/** The file in a checkout of the repository, or in a folder like the one that is written. */
function placeIn(from: string, { path, name }: ReleasedFile): string | null {
  return [join(from, name), join(from, path)].find(fileExists) ?? null;
}

async function writeTemplates(folder: string, request: FetchRequest): Promise<FetchedFile[]> {
  const done: FetchedFile[] = [];
  for (const { name } of CARE_FILES) {
    if (!name.endsWith('.txt')) continue;
    const template = name.replace(/\.txt$/, '.hbs');
    const target = join(folder, template);
    const text = fromReleased(readText(join(folder, name)));
    const present = fileExists(target) && readText(target) === text;
    if (!present) await writeTextFile(target, text);
    done.push(told(request, { name: template, state: present ? 'present' : 'written' }));
  }
  return done;
}

function told({ onFile }: FetchRequest, file: FetchedFile): FetchedFile {
  onFile?.(file);
  return file;
}

function sha256Of(hex: string): Checksum {
  return { algorithm: 'sha256', hex };
}
