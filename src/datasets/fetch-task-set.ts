import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fileExists, readText } from '../adapters/files/read-text.ts';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import { defaultFolder, type FetchedFile, type FetchedFolder, type FetchRequest } from './care.ts';
import { columnsOf } from './columns-of.ts';
import { obtainHubFiles } from './hub-files.ts';
import { joinSubjects } from './join-subjects.ts';
import { joinTopics } from './join-topics.ts';
import { TASK_SETS, type TaskSet } from './task-sets.ts';

export interface FetchTaskSetRequest extends FetchRequest {
  /** Branch, tag, commit or `refs/…`; left out: that of an earlier fetch, else the one of this program. */
  readonly revision?: string | undefined;
  /** Languages or regions, as the set names its files; left out: those of the paper. */
  readonly parts?: readonly string[] | undefined;
}

export interface FetchedTaskSet extends FetchedFolder {
  readonly set: TaskSet;
  /** null for files that were copied from a folder. */
  readonly commit: string | null;
  readonly parts: readonly string[] | null;
}

/** What is written from files as they come, where a config alone cannot read them. */
const MADE: Readonly<Record<string, typeof joinSubjects>> = {
  blend: joinTopics,
  cmmlu: joinSubjects,
};

const sourceSchema = z.object({ commit: z.string().nullable() });

/**
 * Brings a public set of questions with right answers, with its card and licence, into a folder; each
 * file is checked by the hub's sum at one commit, which `source.json` records: a later fetch keeps to
 * it. Throws OperatorError.
 */
export async function fetchTaskSet(
  name: string,
  request: FetchTaskSetRequest,
): Promise<FetchedTaskSet> {
  const set = TASK_SETS[name];
  if (set === undefined) throw new OperatorError(`there is no set "${name}"`);
  const parts = partsOf(name, set, request);
  const folder = request.out ?? join(dirname(defaultFolder()), name);
  const isData = (path: string) => isOfParts(set, parts, path);
  const { files, commit, sums } = await obtainHubFiles(
    folder,
    {
      dataset: set.dataset,
      revision: request.revision ?? recordedCommit(folder) ?? set.revision,
      isWanted: (path) => path === 'README.md' || isData(path),
      ...{ isData, kind: set.kind },
    },
    request,
  );
  requireParts(set, parts, files);
  await requireShape(folder, set, files.map((file) => file.name).filter(isData));
  const made = (await MADE[name]?.(folder, files)) ?? [];
  for (const file of made) request.onFile?.(file);
  const { dataset, licence } = set;
  const source = { dataset, commit, licence, parts, sums };
  await writeTextFile(join(folder, 'LICENSE.txt'), licenceText(set));
  await writeTextFile(join(folder, 'source.json'), `${JSON.stringify(source, null, 2)}\n`);
  return { folder, files: [...files, ...made], set, commit, parts };
}

function partsOf(
  name: string,
  { parts: usual }: TaskSet,
  { parts }: FetchTaskSetRequest,
): readonly string[] | null {
  if (usual === null && parts !== undefined)
    throw new OperatorError(`--parts: ${name} has no parts; it is fetched whole`);
  return usual === null ? null : (parts ?? usual);
}

function partOf({ files }: TaskSet, path: string): string | null | undefined {
  const match = files.map((pattern) => pattern.exec(path)).find((found) => found !== null);
  return match == null ? undefined : (match.groups?.['part'] ?? null);
}

function isOfParts(set: TaskSet, parts: readonly string[] | null, path: string): boolean {
  const part = partOf(set, path);
  return part !== undefined && (part === null || parts === null || parts.includes(part));
}

/** A part that is misspelt would otherwise be missing without a word. */
function requireParts(
  set: TaskSet,
  parts: readonly string[] | null,
  files: readonly FetchedFile[],
): void {
  const found = new Set(files.map(({ name }) => partOf(set, name)));
  const absent = (parts ?? []).filter((part) => !found.has(part));
  if (absent.length === 0) return;
  throw new OperatorError(
    `${set.dataset}: there are no files for ${absent.join(', ')}; --parts takes names of its files, such as ${set.parts?.join(', ')}`,
  );
}

async function requireShape(
  folder: string,
  { dataset, shapes }: TaskSet,
  paths: readonly string[],
): Promise<void> {
  if (shapes.length === 0) return;
  for (const path of paths) {
    const columns = await columnsOf(join(folder, path));
    if (shapes.some((shape) => shape.every((column) => columns.includes(column)))) continue;
    throw new OperatorError(
      `${join(folder, path)}: does not have the columns of ${dataset}: expected ${shapes.map((shape) => shape.join(', ')).join('; or ')}; found ${columns.join(', ')}`,
    );
  }
}

function recordedCommit(folder: string): string | null {
  const file = join(folder, 'source.json');
  if (!fileExists(file)) return null;
  try {
    return sourceSchema.parse(JSON.parse(readText(file))).commit;
  } catch (error) {
    throw new OperatorError(
      `${file}: does not say which commit was fetched before; delete it, or name one with --revision`,
      { cause: error },
    );
  }
}

function licenceText({ dataset, licence, title }: TaskSet): string {
  return `${title}\nhttps://huggingface.co/datasets/${dataset}\nLicence: ${licence}\n`;
}
