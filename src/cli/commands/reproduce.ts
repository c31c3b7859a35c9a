import { join } from 'node:path';
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { AccuracyTable } from '../../analyses/reproduction/accuracy-figures.ts';
import type { RowAssignment } from '../../analyses/reproduction/paper-rows.ts';
import type { Reproduction } from '../../analyses/reproduction/schema.ts';
import { OperatorError } from '../../domain/errors.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { withStore, withStoreIfAny } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { jsonText, printFigures, writeFiles } from '../output.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge reproduce --list                     what can be reproduced with the runs in the store
  care-judge reproduce table3                     the newest run next to the paper's Table 3
  care-judge reproduce table4 RUN1 RUN2           several runs together
  care-judge reproduce table3 --as 'my-qwen/v2=Qwen2.5-7B Aligned'
  care-judge reproduce table3 --out reports/table3
                                                  a page, Markdown, LaTeX and JSON

consistent: shown to be within the margin. differs: shown to differ. cannot tell: neither. Differences
in the settings are listed first. Results: table3, table4, table5, table11, table12, table13; table14 (in
percent of right answers, also without a run: which of the paper's differences are resolved at its n);
figure3, figure4, figure5 and figure6 are drawn without figures, so only ours are shown.`;

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function points(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 9))
    throw new InvalidArgumentError('must be rating points above 0 and below 9');
  return value;
}

const command = (program: Command) =>
  program
    .command('reproduce')
    .description('compare runs with a result of the CARE paper, with a verdict per cell')
    .argument('[result]', 'table3 … table14, figure3 … figure6')
    .argument('[runs...]', 'run ids or their beginnings; default: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--list', 'show what can be reproduced with the runs in the store')
    .option(
      '--as <ours=row>',
      'a model of ours (MODEL or MODEL/VARIANT) for a row; repeat it',
      collect,
    )
    .option('--judge <name>', 'ratings of this judge (default: the first of the run)')
    .option('--margin <points>', 'an average within this margin counts as the same', points, 0.5)
    .option(
      '--cell-margin <points>',
      'a single cell within this margin counts as the same',
      points,
      1,
    )
    .option('--out <dir>', 'write a page, Markdown, LaTeX and JSON into this folder')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type ReproduceFlags = FlagsOf<typeof command>;

export const defineReproduce: DefineCommand = (program, context) => {
  command(program).action(async (result, runs, flags) => {
    context.end(await reproduceCommand({ result, runs }, flags, context.terminal));
  });
};

/** `care-judge reproduce`. */
async function reproduceCommand(
  { result, runs }: { readonly result: string | undefined; readonly runs: readonly string[] },
  flags: ReproduceFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.list) return await listCommand(flags, terminal);
  if (result === undefined)
    throw new OperatorError(
      'say which result of the paper, for example `care-judge reproduce table3`; `--list` shows all.',
    );
  const { accuracyTableOf } = await import('../../analyses/reproduction/reproduce-accuracy.ts');
  const inPercent = accuracyTableOf(result);
  if (inPercent !== null) return await accuracyCommand(inPercent, runs, { flags, terminal });
  const { presentReproduction } = await import('../../analyses/reproduction/present.ts');
  const { DEFAULT_RULE } = await import('../../analyses/reproduction/printed-difference.ts');
  const { reproduceInStore } = await import('../../analyses/reproduction/read.ts');
  const reproduction = await withStore(flags.db, (archive) =>
    reproduceInStore(archive, {
      table: result,
      runs,
      assignments: (flags.as ?? []).map(assignmentOf),
      judge: flags.judge ?? null,
      rule: { ...DEFAULT_RULE, margin: { average: flags.margin, cell: flags.cellMargin } },
    }),
  );
  await printFigures(terminal, flags, {
    value: reproduction,
    show: () => presentReproduction(reproduction),
  });
  if (flags.out !== undefined) await writeFiles(terminal, await filesOf(reproduction, flags.out));
  return EXIT.ok;
}

/** A result in percent of right answers: the paper's own figures can be read without a store. */
async function accuracyCommand(
  table: AccuracyTable,
  runs: readonly string[],
  { flags, terminal }: { readonly flags: ReproduceFlags; readonly terminal: Terminal },
): Promise<ExitCode> {
  const ratingFlags = { '--as': flags.as, '--judge': flags.judge };
  const misplaced = Object.entries(ratingFlags).find(([, value]) => value !== undefined)?.[0];
  if (misplaced !== undefined)
    throw new OperatorError(
      `${misplaced} goes with results in ratings; ${table.id} is in percent.`,
    );
  const { reproduceAccuracy } = await import('../../analyses/reproduction/reproduce-accuracy.ts');
  const { presentAccuracyReproduction } = await import(
    '../../analyses/reproduction/present-accuracy.ts'
  );
  const found =
    runs.length > 0
      ? await withStore(flags.db, (archive) => reproduceAccuracy(table, archive, runs))
      : await withStoreIfAny(flags.db, (archive) => reproduceAccuracy(table, archive, runs));
  const document = presentAccuracyReproduction(found);
  await printFigures(terminal, flags, { value: found, show: () => document });
  if (flags.out === undefined) return EXIT.ok;
  const { renderDocumentPage } = await import('../../render/html/document-page.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const { renderLatexTables } = await import('../../render/latex.ts');
  const opening = { kind: 'Reproduction', opening: 'Figures', simulated: found.simulated };
  const tables = document.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []));
  await writeFiles(
    terminal,
    Object.entries({
      html: renderDocumentPage(document, opening),
      md: renderDocumentMarkdown(document),
      tex: renderLatexTables(tables),
      json: jsonText(found),
    }).map(([ending, text]) => ({ file: join(flags.out ?? '', `${table.id}.${ending}`), text })),
  );
  return EXIT.ok;
}

async function listCommand(flags: ReproduceFlags, terminal: Terminal): Promise<ExitCode> {
  const { presentReproducible } = await import('../../analyses/reproduction/present.ts');
  const { listReproducible } = await import('../../analyses/reproduction/reproducible.ts');
  const list = await withStoreIfAny(flags.db, listReproducible);
  await printFigures(terminal, flags, { value: list, show: () => presentReproducible(list) });
  return EXIT.ok;
}

/** The result in every format. */
async function filesOf(reproduction: Reproduction, out: string) {
  const { presentReproduction, reproductionLatex } = await import(
    '../../analyses/reproduction/present.ts'
  );
  const { renderDocumentPage } = await import('../../render/html/document-page.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const document = presentReproduction(reproduction);
  const { simulated } = reproduction;
  const texts = {
    html: renderDocumentPage(document, { kind: 'Reproduction', opening: 'Figures', simulated }),
    md: renderDocumentMarkdown(document),
    tex: reproductionLatex(reproduction),
    json: jsonText(reproduction),
  };
  return Object.entries(texts).map(([ending, text]) => ({
    file: join(out, `${reproduction.table.id}.${ending}`),
    text,
  }));
}

/** Names of ours may hold an equals sign; the paper's do not. */
function assignmentOf(text: string): RowAssignment {
  const equals = text.lastIndexOf('=');
  const [ours, row] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  if (equals < 0 || ours === '' || row === '')
    throw new OperatorError(
      `--as ${text}: write it as 'OURS=PAPER ROW', for example 'my-qwen/v2=Qwen2.5-7B Aligned'.`,
    );
  return { ours, row };
}
