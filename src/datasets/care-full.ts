import { join } from 'node:path';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import { CARE_DATASET } from '../prepare/care-release.ts';
import { defaultFolder, type FetchedFile, type FetchedFolder, type FetchRequest } from './care.ts';
import { columnsOf } from './columns-of.ts';
import { obtainHubFiles } from './hub-files.ts';

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

/**
 * Brings CARE's rated answers from the Hugging Face hub: Parquet files and the card that states their
 * licence, checked against the hub's own sums. Throws OperatorError.
 */
export async function fetchCareFull(request: FetchFullRequest): Promise<FetchedDataset> {
  const folder = request.out ?? join(defaultFolder(), 'full');
  const { files, commit } = await obtainHubFiles(
    folder,
    {
      dataset: CARE_DATASET,
      revision: request.revision ?? 'main',
      isWanted: (path) => isParquet(path) || path === 'README.md',
      ...{ isData: isParquet, kind: 'Parquet file' },
    },
    request,
  );
  const columns = await readColumns(folder, files);
  const source = { dataset: CARE_DATASET, commit, columns };
  await writeTextFile(join(folder, 'source.json'), `${JSON.stringify(source, null, 2)}\n`);
  return { folder, files, commit, columns };
}

const isParquet = (path: string) => path.endsWith('.parquet');

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
