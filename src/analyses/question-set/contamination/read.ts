import { matchFiles } from '../../../adapters/files/match-files.ts';
import { readRows } from '../../../adapters/files/read/read-rows.ts';
import { InputError, type InputProblem } from '../../../domain/errors.ts';
import type { Contamination } from '../schema.ts';
import type { SetItem } from '../set-item.ts';
import { createContaminationScan } from './scan.ts';

interface ContaminationRequest {
  readonly items: readonly SetItem[];
  /** Files of training data, patterns included: any format that questions are read from. */
  readonly against: readonly string[];
  /** Hears how many rows were read, every so often. */
  readonly onRows?: (rows: number) => void;
}

const ROWS_A_NOTICE = 1_000_000;

/** Streams training data past a question set. Throws InputError with what is wrong with every file. */
export async function findContamination(request: ContaminationRequest): Promise<Contamination> {
  const problems: InputProblem[] = [];
  const files = request.against.flatMap((name) => {
    const found = matchFiles(name);
    if (found.length === 0) problems.push({ file: name, message: 'there is no such file' });
    return found;
  });
  if (problems.length > 0) throw new InputError(problems);
  const scan = createContaminationScan(request.items);
  const noticed = noticing(request.onRows);
  for (const file of files) {
    try {
      for await (const row of readRows(file)) {
        scan.take(file, row);
        noticed();
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return scan.result(files);
}

function noticing(onRows: ContaminationRequest['onRows']): () => void {
  let rows = 0;
  return () => {
    rows += 1;
    if (rows % ROWS_A_NOTICE === 0) onRows?.(rows);
  };
}
