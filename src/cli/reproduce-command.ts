import { join } from 'node:path';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import type { RowAssignment } from '../analyses/reproduction/paper-rows.ts';
import { renderReproductionPage } from '../analyses/reproduction/present/html.ts';
import { renderReproductionLatex } from '../analyses/reproduction/present/latex.ts';
import { renderReproductionMarkdown } from '../analyses/reproduction/present/markdown.ts';
import { renderReproducible } from '../analyses/reproduction/present/reproducible-text.ts';
import { renderReproductionText } from '../analyses/reproduction/present/text.ts';
import { DEFAULT_RULE } from '../analyses/reproduction/printed-difference.ts';
import { reproduceInStore } from '../analyses/reproduction/read.ts';
import { listReproducible } from '../analyses/reproduction/reproducible.ts';
import { OperatorError } from '../domain/errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface ReproduceFlags {
  readonly db: string;
  readonly list?: boolean;
  readonly as?: readonly string[];
  readonly judge?: string;
  readonly margin: number;
  readonly cellMargin: number;
  readonly out?: string;
  readonly json?: boolean;
}

const DEFAULT_WIDTH = 100;

/** `care-judge reproduce`. */
export async function reproduceCommand(
  { result, runs }: { readonly result: string | undefined; readonly runs: readonly string[] },
  flags: ReproduceFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  if (flags.list) {
    const list = listReproducible(flags.db);
    if (flags.json) printJson(stdout, list);
    else printLine(stdout, renderReproducible(list));
    return EXIT.ok;
  }
  if (result === undefined)
    throw new OperatorError(
      'say which result of the paper, for example `care-judge reproduce table3`; `--list` shows all.',
    );
  const reproduction = reproduceInStore({
    db: flags.db,
    table: result,
    runs,
    assignments: (flags.as ?? []).map(assignmentOf),
    judge: flags.judge ?? null,
    rule: { ...DEFAULT_RULE, margin: { average: flags.margin, cell: flags.cellMargin } },
  });
  const width = stdout.columns ?? DEFAULT_WIDTH;
  if (flags.json) printJson(stdout, reproduction);
  else printLine(stdout, renderReproductionText(reproduction, width));
  if (flags.out === undefined) return EXIT.ok;
  const { id } = reproduction.table;
  const files = {
    html: renderReproductionPage(reproduction),
    md: renderReproductionMarkdown(reproduction),
    tex: renderReproductionLatex(reproduction),
    json: `${JSON.stringify(reproduction, null, 2)}\n`,
  };
  for (const [ending, text] of Object.entries(files)) {
    await writeTextFile(join(flags.out, `${id}.${ending}`), text);
  }
  printLine(stderr, `Written to ${flags.out}: ${id}.html, ${id}.md, ${id}.tex and ${id}.json.`);
  return EXIT.ok;
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
