import { writeRows } from '../adapters/files/write-rows.ts';
import { openRunArchive } from '../adapters/sqlite/read/run-archive.ts';
import { writeItemScores } from '../analyses/gate/baseline/items.ts';
import { readDisagreements } from '../analyses/jury/disagreements.ts';
import { OperatorError } from '../domain/errors.ts';
import { publishRun } from '../series/names/publish.ts';
import { resolveRun } from '../series/names/resolve-run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface ExportFlags {
  readonly db: string;
  readonly run?: string;
  readonly bom?: boolean;
  readonly perItem?: boolean;
  readonly only?: string;
  readonly disagreements?: boolean;
}

const NUMBERS = ['rating', 'expected_rating', 'expected_mass', 'expected_entropy'];
const INTEGERS = ['response_trial', 'judgment_trial'];

/** `care-judge export`: per-item scores of one run, or the view `ratings`. */
export async function exportCommand(
  file: string,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { db, run, only, perItem, disagreements } = flags;
  if (disagreements && (perItem || only !== undefined))
    throw new OperatorError('--disagreements goes with --run, not with --per-item and --only.');
  if (/\.(?:sqlite|db)$/.test(file)) return await exportRun(file, flags, terminal);
  if (disagreements) return await exportDisagreements(file, flags, terminal);
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
    const only = run === undefined ? null : resolveRun(archive, { db, run });
    const columns = archive.ratingColumns().map((name) => ({ name, type: typeOf(name) }));
    const { rows } = await writeRows(file, columns, archive.ratings(only), {
      bom: bom ?? false,
    });
    printLine(stderr, `Written: ${file}, ${rows} planned judgments.`);
    return EXIT.ok;
  } finally {
    archive.close();
  }
}

/** One run's, the newest where none is named. */
async function exportDisagreements(
  file: string,
  { db, run, bom }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const archive = openRunArchive(db);
  try {
    const { columns, rows: found } = readDisagreements(
      archive,
      resolveRun(archive, { db, run: run ?? '' }),
    );
    const { rows } = await writeRows(file, columns, found, { bom: bom ?? false });
    printLine(stderr, `Written: ${file}, ${rows} answers whose judges do not agree.`);
    return EXIT.ok;
  } finally {
    archive.close();
  }
}

function typeOf(column: string): 'text' | 'number' | 'integer' {
  if (NUMBERS.includes(column)) return 'number';
  return INTEGERS.includes(column) ? 'integer' : 'text';
}
