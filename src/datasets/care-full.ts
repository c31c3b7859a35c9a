import { join } from 'node:path';
import { copyInto, download } from '../adapters/fetch/download.ts';
import { filesBelow, folderExists } from '../adapters/fetch/folder.ts';
import { listHubFiles } from '../adapters/fetch/hub.ts';
import { createWebClient } from '../adapters/fetch/web-client.ts';
import { readRows } from '../adapters/files/read/read-rows.ts';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import { CARE_DATASET } from '../prepare/care-release.ts';
import {
  defaultFolder,
  type FetchedFile,
  type FetchedFolder,
  type FetchRequest,
  webAddress,
} from './care.ts';

export interface FetchFullRequest extends FetchRequest {
  /** Branch, tag, commit or `refs/…` of the dataset. */
  readonly revision?: string | undefined;
}

/** What the columns of the dataset are called in the two shapes that it has had. */
export interface ColumnNames {
  readonly rating: string;
  readonly category: string;
  /** null: the human answers are rows of their own. */
  readonly reference: string | null;
}

export interface FetchedDataset extends FetchedFolder {
  /** null for files at hand: they do not say. */
  readonly commit: string | null;
  /** By file. */
  readonly columns: Readonly<Record<string, ColumnNames>>;
}

const HUB = 'https://huggingface.co';
const HINT =
  'Without a way there: name another hub with HF_ENDPOINT (or --mirror URL), a proxy with HTTPS_PROXY, or a folder that has the Parquet files with --from DIR.';

/**
 * Brings CARE's rated answers from the Hugging Face hub: Parquet files and the card that states their
 * licence, checked against the hub's own sums. Throws OperatorError.
 */
export async function fetchCareFull(request: FetchFullRequest): Promise<FetchedDataset> {
  const folder = request.out ?? join(defaultFolder(), 'full');
  const { files, commit } =
    request.from === undefined
      ? await fromHub(folder, request)
      : { files: await fromFolder(folder, request.from, request), commit: null };
  const columns = await readColumns(folder, files);
  const source = { dataset: CARE_DATASET, commit, columns };
  await writeTextFile(join(folder, 'source.json'), `${JSON.stringify(source, null, 2)}\n`);
  return { folder, files, commit, columns };
}

function isWanted(path: string): boolean {
  return path.endsWith('.parquet') || path === 'README.md';
}

async function fromHub(folder: string, request: FetchFullRequest) {
  const { environment, mirror, revision = 'main' } = request;
  const hub =
    mirror === undefined
      ? webAddress(environment['HF_ENDPOINT'] || HUB, 'HF_ENDPOINT')
      : webAddress(mirror, '--mirror');
  const token = environment['HF_TOKEN']?.trim() || null;
  const client = createWebClient(environment);
  try {
    const source = { hub, dataset: CARE_DATASET, revision, token, hint: HINT };
    const listing = await listHubFiles(client, source);
    const wanted = listing.files.filter(({ path }) => isWanted(path));
    if (!wanted.some(({ path }) => path.endsWith('.parquet'))) {
      throw new OperatorError(
        `${CARE_DATASET} has no Parquet file at ${revision} (${listing.commit})`,
      );
    }
    const files: FetchedFile[] = [];
    for (const { path, url, sum } of wanted) {
      const state = await download(client, {
        ...{ url, sum, token, hint: HINT },
        target: join(folder, path),
      });
      files.push({ name: path, state });
      request.onFile?.({ name: path, state });
    }
    return { files, commit: listing.commit };
  } finally {
    await client.close();
  }
}

async function fromFolder(
  folder: string,
  from: string,
  { onFile }: FetchFullRequest,
): Promise<FetchedFile[]> {
  if (!folderExists(from)) throw new OperatorError(`--from: there is no folder ${from}`);
  const wanted = (await filesBelow(from)).filter(isWanted);
  if (!wanted.some((path) => path.endsWith('.parquet')))
    throw new OperatorError(`--from: there is no Parquet file in ${from}`);
  const files: FetchedFile[] = [];
  for (const path of wanted) {
    const state = await copyInto(join(from, path), join(folder, path), null);
    files.push({ name: path, state });
    onFile?.({ name: path, state });
  }
  return files;
}

/** The newer shape, then the older one. */
const SHAPES: readonly ColumnNames[] = [
  { rating: 'human_rating', category: 'cul_type', reference: 'answer' },
  { rating: 'rating', category: 'culture_type', reference: null },
];

async function readColumns(
  folder: string,
  files: readonly FetchedFile[],
): Promise<Record<string, ColumnNames>> {
  const found: Record<string, ColumnNames> = {};
  for (const { name } of files) {
    if (!name.endsWith('.parquet')) continue;
    const names = await columnsOf(join(folder, name));
    const shape = SHAPES.find(({ rating, category }) =>
      ['question', 'response', rating, category].every((column) => names.includes(column)),
    );
    if (shape === undefined) {
      throw new OperatorError(
        `${join(folder, name)}: has neither shape of the CARE data; its columns are ${names.join(', ')}`,
      );
    }
    found[name] = shape;
  }
  return found;
}

/** Column names by a file's first record. */
async function columnsOf(file: string): Promise<string[]> {
  for await (const { fields } of readRows(file)) return Object.keys(fields);
  return [];
}
