import type { Command } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { withStores } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFigures } from '../output.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
One run with \`trials: { responses: 2 }\` is enough: its first answers are compared with its second.
Two runs must be in two stores, since runs in one store share their answers.

Examples:
  care-judge repeatability baseline                                 first against second answers of a run
  care-judge repeatability :Qwen2.5-7B/Vanilla@zero-shot            of one of its models
  care-judge repeatability nightly --db a.sqlite nightly --second-db b.sqlite

Exit codes: 0 no difference, 1 the two differ by more than chance, 2 wrong usage or input.`;

const command = (program: Command) =>
  program
    .command('repeatability')
    .alias('aa')
    .description('A/A test: check that a run is repeatable and suggest gate margins')
    .argument('<first>', 'a selector (see compare)')
    .argument('[second]', 'a rerun of it (default: the second answers of the first)')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--second-db <file>', 'the second run’s store, if different')
    .option('--policy <file>', 'check this policy’s margins instead of the defaults')
    .option('--json', 'print the figures as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type RepeatabilityFlags = FlagsOf<typeof command>;

export const defineRepeatability: DefineCommand = (program, context) => {
  command(program).action(async (first, second, flags) => {
    context.end(await repeatabilityCommand({ first, second }, flags, context.terminal));
  });
};

/** `care-judge repeatability`. */
async function repeatabilityCommand(
  { first, second }: { readonly first: string; readonly second: string | undefined },
  flags: RepeatabilityFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { presentRepeatability } = await import('../../analyses/gate/present.ts');
  const { runAgainstItself } = await import('../../analyses/gate/read-repeatability.ts');
  const { environment } = terminal;
  const { db, secondDb, policy } = flags;
  const other = second === undefined ? undefined : secondDb;
  const repeat = await withStores([db, other], (one, two) =>
    runAgainstItself({ first: one, second: two }, { first, second, policy, environment }),
  );
  await printFigures(terminal, flags, { value: repeat, show: () => presentRepeatability(repeat) });
  return repeat.repeatable ? EXIT.ok : EXIT.gateFailed;
}
