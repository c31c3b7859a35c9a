import type { Command } from '@commander-js/extra-typings';
import { counted } from '../../domain/counted.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { withAnswerLanguages, withVerdicts } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge rejudge --reparse                    all runs of the store
  care-judge rejudge qwen-3f2a91c0 --reparse

Also detects the language of answers stored by an earlier version.

To query a judge again use \`care-judge run\`: change the judge or the rubric in the config, and only
the judgments are new.`;

const command = (program: Command) =>
  program
    .command('rejudge')
    .description('parse stored verdicts again with the current parser, without calls')
    .argument('[run]', 'run id (default: every run)')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .requiredOption('--reparse', 'parse the stored texts again')
    .option('--json', 'print the changes as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type RejudgeFlags = FlagsOf<typeof command>;

export const defineRejudge: DefineCommand = (program, context) => {
  command(program).action(async (run, flags) => {
    context.end(await rejudgeCommand(run, flags, context.terminal));
  });
};

/** `care-judge rejudge --reparse`. */
async function rejudgeCommand(
  run: string | undefined,
  flags: RejudgeFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { labelAnswerLanguages } = await import('../../language/answer-languages.ts');
  const { reparseVerdicts } = await import('../../run/reparse.ts');
  const only = run ?? null;
  const { read, changes } = await withVerdicts(flags.db, (archive) =>
    reparseVerdicts(archive, only),
  );
  const languages = await withAnswerLanguages(flags.db, (store) =>
    labelAnswerLanguages(store, only),
  );
  if (flags.json) {
    printJson(stdout, { version: 1, read, changes, languages });
    return EXIT.ok;
  }
  printLine(stderr, `${counted(read, 'verdict')} read again, ${changes.length} changed.`);
  if (languages > 0)
    printLine(stderr, `The language of ${counted(languages, 'answer')} was looked at.`);
  for (const { id, before, after } of changes)
    printLine(stdout, `judgment ${id}: ${before} → ${after}`);
  return EXIT.ok;
}
