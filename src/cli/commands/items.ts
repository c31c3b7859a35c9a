import { join } from 'node:path';
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { counted } from '../../domain/counted.ts';
import type { DefineCommand, FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFigures, writeFiles } from '../output.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge items configs/care.yaml            what a config’s questions hold, and what is wrong with them
  care-judge items my-set.jsonl --out reports/items
                                                also as a page, Markdown, LaTeX, CSV and JSON
  care-judge items configs/care.yaml --against 'sft/*.parquet' dpo.jsonl
                                                questions, references and translations in training data
  care-judge items zh.csv --set culture=Chinese,language=zh --fields reference=answer

It makes no calls. Findings are for review and do not change the exit code.`;

/** `culture=Chinese,language=zh`, as under \`set\` and \`fields\` of a config. */
function assignments(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const entries = text.split(',').map((part) => {
    const equals = part.indexOf('=');
    const [key, value] = [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    if (equals < 0 || key === '' || value === '')
      throw new InvalidArgumentError('must be FIELD=VALUE, several separated by commas');
    return [key, value] as const;
  });
  return { ...before, ...Object.fromEntries(entries) };
}

const command = (program: Command) =>
  program
    .command('items')
    .description(
      'show what a question set holds: counts, lengths, duplicates, leaks, mislabelled texts',
    )
    .argument('<inputs...>', 'configs (.yaml, .json) and files of questions; patterns allowed')
    .option('--fields <map>', 'columns of the files: reference=answer,category=topic', assignments)
    .option('--set <map>', 'constants for fields the files lack: culture=Chinese', assignments)
    .option(
      '--against <files...>',
      'training data to look for the questions in: .jsonl, .parquet …, streamed',
    )
    .option('--paper', 'set the counts next to the paper’s Tables 7–9')
    .option('--out <dir>', 'also write items.html, items.md, items.json and tables/')
    .option('--json', 'print everything as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type ItemsFlags = FlagsOf<typeof command>;

export const defineItems: DefineCommand = (program, context) => {
  command(program).action(async (inputs, flags) => {
    context.end(await itemsCommand(inputs, flags, context.terminal));
  });
};

/** `care-judge items`. */
async function itemsCommand(
  inputs: readonly string[],
  { fields, set, against, paper, out, json }: ItemsFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { loadLanguageIdentifier } = await import('../../adapters/language/eld.ts');
  const { findContamination } = await import('../../analyses/question-set/contamination/read.ts');
  const { questionSetFiles } = await import('../../analyses/question-set/files.ts');
  const { presentQuestionSet, TERMINAL_MOST } = await import(
    '../../analyses/question-set/present.ts'
  );
  const { describeQuestionSet } = await import('../../analyses/question-set/question-set.ts');
  const { readQuestionSet } = await import('../../analyses/question-set/read.ts');
  const { environment } = terminal;
  const evidence = await readQuestionSet({ inputs, fields, set, environment });
  const contamination =
    against === undefined
      ? null
      : await findContamination({
          items: evidence.items,
          against,
          onRows: (rows) => printLine(terminal.stderr, `${counted(rows, 'row')} of training data`),
        });
  const described = await describeQuestionSet(
    evidence,
    { contamination, paper: paper === true },
    loadLanguageIdentifier,
  );
  await printFigures(
    terminal,
    { json },
    {
      value: described,
      show: () => presentQuestionSet(described, TERMINAL_MOST),
    },
  );
  if (out !== undefined) {
    const files = questionSetFiles(described);
    await writeFiles(
      terminal,
      files.map(({ name, content }) => ({ file: join(out, name), text: content })),
    );
  }
  return EXIT.ok;
}
