import type { Command } from '@commander-js/extra-typings';
import { counted } from '../../domain/counted.ts';
import { OperatorError } from '../../domain/errors.ts';
import { resolveRun, runSelector } from '../../series/names/resolve-run.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge export ratings.csv                   every run of the store
  care-judge export ratings.parquet --run qwen-3f2a91c0
  care-judge export ratings.csv --bom             for Excel
  care-judge export table3.sqlite --run table3-3f2a91c0
                                                  a store with that run only, for others to replay
  care-judge export baseline.jsonl --per-item --only :Qwen2.5-7B/Vanilla
                                                  question means to keep in a repository for \`gate\`
  care-judge export look.csv --disagreements      answers to review: where a jury's judges disagree`;

const command = (program: Command) =>
  program
    .command('export')
    .description('write the view `ratings` as .jsonl, .csv or .parquet, or one run as .sqlite')
    .argument('<file>', 'file to write; its ending chooses the format')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--run <id>', 'only this run (id or its beginning)')
    .option(
      '--per-item',
      'one line per question, model, style and judge with the mean rating (.jsonl)',
    )
    .option('--only <side>', 'with --per-item: only what this selector matches (see compare)')
    .option(
      '--disagreements',
      'answers that juries disagree on, largest disagreement first, with texts',
    )
    .option('--bom', 'CSV with a byte order mark, for spreadsheets')
    .addHelpText('after', EXAMPLES);
type ExportFlags = FlagsOf<typeof command>;

export const defineExport: DefineCommand = (program, context) => {
  command(program).action(async (file, flags) => {
    context.end(await exportCommand(file, flags, context.terminal));
  });
};

const NUMBERS = ['rating', 'expected_rating', 'expected_mass', 'expected_entropy'];
const INTEGERS = ['response_trial', 'judgment_trial', 'conflicting'];

/** `care-judge export`: per-item scores of one run, or the view `ratings`. */
async function exportCommand(
  file: string,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { writeItemScores } = await import('../../analyses/gate/baseline/items.ts');
  const { db, run, only, perItem, disagreements } = flags;
  if (disagreements && (perItem || only !== undefined))
    throw new OperatorError('--disagreements goes with --run, not with --per-item and --only.');
  if (/\.(?:sqlite|db)$/.test(file)) return await exportRun(file, flags, terminal);
  if (disagreements) return await exportDisagreements(file, flags, terminal);
  if (!perItem && only === undefined) return await exportRatings(file, flags, terminal);
  if (run !== undefined && only !== undefined)
    throw new OperatorError('--only names the run itself (RUN:MODEL…): leave out --run.');
  const { rows, series } = await withStore(db, (archive) =>
    writeItemScores(archive, { file, selector: only ?? run ?? ':' }),
  );
  printLine(terminal.stderr, `Written: ${file}, ${rows} question means of ${series.join('; ')}.`);
  return EXIT.ok;
}

/** A store of one run, for others to replay. */
async function exportRun(
  file: string,
  { db, run, only, perItem }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const { sameFile } = await import('../../adapters/files/read-text.ts');
  const { writeAtomically } = await import('../../adapters/files/write-atomically.ts');
  const { exportStore } = await import('../../adapters/sqlite/write/export-store.ts');
  if (perItem || only !== undefined)
    throw new OperatorError(
      '--per-item and --only go with .jsonl; a store holds a whole run (--run).',
    );
  if (sameFile(db, file))
    throw new OperatorError(`${file}: is the store itself; name another file.`);
  const id = await withStore(db, (archive) => resolveRun(archive, runSelector(run)));
  await writeAtomically(file, async (temporary) => exportStore(db, temporary, id));
  printLine(stderr, `Wrote ${file}: run ${id} only.`);
  printLine(stderr, `Replay it with: care-judge run CONFIG --replay ${file} --db NEW.sqlite`);
  return EXIT.ok;
}

/** Streams the view `ratings`. */
async function exportRatings(
  file: string,
  { db, run, bom }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const { writeRows } = await import('../../adapters/files/write/write-rows.ts');
  const { rows } = await withStore(db, async (archive) => {
    const only = run === undefined ? null : resolveRun(archive, runSelector(run));
    const columns = archive.ratingColumns().map((name) => ({ name, type: typeOf(name) }));
    return await writeRows(file, columns, archive.ratings(only), { bom: bom ?? false });
  });
  printLine(stderr, `Written: ${file}, ${rows} planned judgments.`);
  return EXIT.ok;
}

/** One run's, the newest where none is named. */
async function exportDisagreements(
  file: string,
  { db, run, bom }: ExportFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const { writeRows } = await import('../../adapters/files/write/write-rows.ts');
  const { readDisagreements } = await import('../../analyses/jury/disagreements.ts');
  const { rows } = await withStore(db, async (archive) => {
    const found = readDisagreements(archive, resolveRun(archive, runSelector(run)));
    return await writeRows(file, found.columns, found.rows, { bom: bom ?? false });
  });
  printLine(stderr, `Written: ${file}, ${counted(rows, 'answer')} with judges who disagree.`);
  return EXIT.ok;
}

function typeOf(column: string): 'text' | 'number' | 'integer' {
  if (NUMBERS.includes(column)) return 'number';
  return INTEGERS.includes(column) ? 'integer' : 'text';
}
