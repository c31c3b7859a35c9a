import { relative } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { packageFile } from '../../adapters/system/package-file.ts';
import type { DefineCommand, FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { runWithProgress } from '../progress/run-with-progress.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge demo                    three simulated models on the bundled sample
  care-judge demo --db /tmp/d.sqlite --out /tmp/demo

Models and judge are simulated: the figures show what the program prints, not how good any model is.`;

const command = (program: Command) =>
  program
    .command('demo')
    .description('try it with bundled questions and simulated models: no key, no network')
    .option('--db <file>', 'the store', 'results/demo.sqlite')
    .option('--out <dir>', 'report folder', 'reports/demo')
    .option('--json', 'print the summary as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type DemoFlags = FlagsOf<typeof command>;

export const defineDemo: DefineCommand = (program, context) => {
  command(program).action(async (flags) => {
    context.end(await demoCommand(flags, context.terminal));
  });
};

const CONFIG = packageFile('configs/demo.yaml');

/** `care-judge demo`: the whole way from questions to tables, on simulated models. */
async function demoCommand(flags: DemoFlags, terminal: Terminal): Promise<ExitCode> {
  const { renderText } = await import('../../render/text/text.ts');
  const { writeReport } = await import('../../report/report.ts');
  const { byCulture, styleByCulture } = await import('../../report/tables/rating-tables.ts');
  const { stdout, stderr } = terminal;
  printLine(
    stderr,
    'Simulated models and judge on the bundled sample (90 questions): an illustration, not a benchmark.',
  );
  const config = relative(process.cwd(), CONFIG);
  const { result, exitCode } = await runWithProgress({ config, db: flags.db, flags: {}, terminal });
  if (exitCode === EXIT.interrupted) return exitCode;
  const { summary, folder, files } = await writeReport({
    db: flags.db,
    runs: [result.runId],
    out: flags.out,
  });
  if (flags.json) {
    printJson(stdout, summary);
  } else {
    for (const table of [byCulture(summary), styleByCulture(summary)])
      printLine(stdout, `\n${renderText(table)}`);
    printLine(stdout, 'Simulated figures. n: rated questions; [low, high]: 95 % interval.');
  }
  printLine(
    stderr,
    `\nWritten to ${folder}: report.html and ${files.length - 1} files of tables, charts and figures.`,
  );
  printLine(
    stderr,
    `Store: ${flags.db} (try: sqlite3 ${flags.db} "SELECT * FROM ratings LIMIT 5")`,
  );
  printLine(stderr, 'Next: care-judge init writes a config for your own models.');
  return exitCode;
}
