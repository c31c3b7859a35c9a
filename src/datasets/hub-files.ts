import { join } from 'node:path';
import type { Checksum } from '../adapters/fetch/checksum.ts';
import { copyInto, download } from '../adapters/fetch/download.ts';
import { filesBelow, folderExists } from '../adapters/fetch/folder.ts';
import { listHubFiles } from '../adapters/fetch/hub.ts';
import { createWebClient } from '../adapters/fetch/web-client.ts';
import { OperatorError } from '../domain/errors.ts';
import { type FetchedFile, type FetchRequest, webAddress } from './care.ts';

const HUB = 'https://huggingface.co';

/** Which files of a dataset on the Hugging Face hub are wanted. */
export interface WantedFiles {
  readonly dataset: string;
  readonly revision: string;
  readonly isWanted: (path: string) => boolean;
  /** What one of the files has to be, for messages: "Parquet file". */
  readonly kind: string;
  readonly isData: (path: string) => boolean;
}

export interface HubSnapshot {
  readonly files: readonly FetchedFile[];
  /** null for files that were copied from a folder: they do not say. */
  readonly commit: string | null;
  /** By file, as the hub lists them at that commit; empty for copied files. */
  readonly sums: Readonly<Record<string, Checksum>>;
}

/** Brings the wanted files from the hub, or from the folder of `--from`. Throws OperatorError. */
export async function obtainHubFiles(
  folder: string,
  wanted: WantedFiles,
  request: FetchRequest,
): Promise<HubSnapshot> {
  return request.from === undefined
    ? await fromHub(folder, wanted, request)
    : { files: await fromFolder(folder, wanted, request), commit: null, sums: {} };
}

async function fromHub(
  folder: string,
  { dataset, revision, isWanted, isData, kind }: WantedFiles,
  request: FetchRequest,
): Promise<HubSnapshot> {
  const { environment, mirror } = request;
  const hub =
    mirror === undefined
      ? webAddress(environment['HF_ENDPOINT'] || HUB, 'HF_ENDPOINT')
      : webAddress(mirror, '--mirror');
  const token = environment['HF_TOKEN']?.trim() || null;
  const hint = `Without a way there: name another hub with HF_ENDPOINT (or --mirror URL), a proxy with HTTPS_PROXY, or a folder that has the ${kind}s with --from DIR.`;
  const client = createWebClient(environment);
  try {
    const listing = await listHubFiles(client, { hub, dataset, revision, token, hint });
    const wanted = listing.files.filter(({ path }) => isWanted(path));
    if (!wanted.some(({ path }) => isData(path)))
      throw new OperatorError(`${dataset} has no ${kind} at ${revision} (${listing.commit})`);
    const files: FetchedFile[] = [];
    for (const { path, url, sum } of wanted) {
      const target = join(folder, path);
      const state = await download(client, { url, sum, token, hint, target });
      files.push({ name: path, state });
      request.onFile?.({ name: path, state });
    }
    const sums = Object.fromEntries(wanted.map(({ path, sum }) => [path, sum]));
    return { files, commit: listing.commit, sums };
  } finally {
    await client.close();
  }
}

async function fromFolder(
  folder: string,
  { isWanted, isData, kind }: WantedFiles,
  { from = '', onFile }: FetchRequest,
): Promise<FetchedFile[]> {
  if (!folderExists(from)) throw new OperatorError(`--from: there is no folder ${from}`);
  const wanted = (await filesBelow(from)).filter(isWanted);
  if (!wanted.some(isData)) throw new OperatorError(`--from: there is no ${kind} in ${from}`);
  const files: FetchedFile[] = [];
  for (const path of wanted) {
    const state = await copyInto(join(from, path), join(folder, path), null);
    files.push({ name: path, state });
    onFile?.({ name: path, state });
  }
  return files;
}
