import { relative } from 'node:path';
import { packageFile } from '../adapters/system/package-file.ts';
import { renderText } from '../render/text/text.ts';
import { writeReport } from '../report/report.ts';
import { byCulture, styleByCulture } from '../report/tables/rating-tables.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runWithProgress } from './run-command.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface DemoFlags {
  readonly db: string;
  readonly out: string;
  readonly json?: boolean;
}

const CONFIG = packageFile('configs/demo.yaml');

/** `care-judge demo`: the whole way from questions to tables, on simulated models. */
export async function demoCommand(flags: DemoFlags, terminal: Terminal): Promise<ExitCode> {
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
