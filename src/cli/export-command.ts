import { writeRows } from '../adapters/files/write-rows.ts';
import { openRunArchive } from '../adapters/sqlite/run-archive.ts';
import { writeItemScores } from '../app/baseline-items.ts';
import { publishRun } from '../app/publish.ts';
import { OperatorError } from '../domain/errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface ExportFlags {
  readonly db: string;
  readonly run?: string;
  readonly bom?: boolean;
  readonly perItem?: boolean;
  readonly only?: string;
}

const INTEGERS = ['response_trial', 'judgment_trial'];

/** `care-judge export`: per-item scores of one run, or the view `ratings`. */
export async function exportCommand(
  file: string,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { db, run, only, perItem } = flags;
  if (/\.(?:sqlite|db)$/.test(file)) return await exportRun(file, flags, terminal);
  if (!perItem && only === undefined) return await exportRatings(file, flags, terminal);
  if (run !== undefined && only !== undefined)
    throw new OperatorError('--only names the run itself (RUN:MODEL…): leave out --run.');
  const { rows, series } = await writeItemScores(file, { db, selector: only ?? run ?? '' });
  printLine(terminal.stderr, `Written: ${file}, ${rows} question means of ${series.join('; ')}.`);
  return EXIT.ok;
}

/** A store of one run, for others to replay. */
async function exportRun(
  file: string,
  { db, run, only, perItem }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  if (perItem || only !== undefined)
    throw new OperatorError(
      '--per-item and --only go with .jsonl; a store holds a whole run (--run).',
    );
  const published = await publishRun({ db, run, file });
  printLine(stderr, `Written: ${file}, run ${published.run} and nothing else.`);
  printLine(stderr, `Replay it with: care-judge run CONFIG --replay ${file} --db NEW.sqlite`);
  return EXIT.ok;
}

/** Streams the view `ratings`. */
async function exportRatings(
  file: string,
  { db, run, bom }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const archive = openRunArchive(db);
  try {
    if (run !== undefined) archive.loadRun(run);
    const columns = archive.ratingColumns().map((name) => ({ name, type: typeOf(name) }));
    const { rows } = await writeRows(file, columns, archive.ratings(run ?? null), {
      bom: bom ?? false,
    });
    printLine(stderr, `Written: ${file}, ${rows} planned judgments.`);
    return EXIT.ok;
  } finally {
    archive.close();
  }
}

function typeOf(column: string): 'text' | 'number' | 'integer' {
  if (column === 'rating') return 'number';
  return INTEGERS.includes(column) ? 'integer' : 'text';
}
