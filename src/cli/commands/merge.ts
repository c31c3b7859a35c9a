import type { Command } from '@commander-js/extra-typings';
import type { DefineCommand, FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFigures } from '../output.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Stores are merged by the content of their calls: any order, any number of times, the same result.
Where two stores paid for one answer, the earlier one is kept and the other's judgments are dropped.

Examples:
  care-judge merge results/care-judge.sqlite results/care-judge-shard-*.sqlite
  care-judge merge all.sqlite monday.sqlite tuesday.sqlite
  care-judge run CONFIG --db all.sqlite               make the calls that are still missing

Exit codes: 0 every planned call is there, 2 refused: nothing was merged, 3 planned calls are missing.`;

const command = (program: Command) =>
  program
    .command('merge')
    .description('combine stores, such as those of a run’s shards')
    .argument('<out>', 'the store to merge into, made if it does not exist')
    .argument('<in...>', 'stores to merge; they are only read')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type MergeFlags = FlagsOf<typeof command>;

export const defineMerge: DefineCommand = (program, context) => {
  command(program).action(async (out, sources, flags) => {
    context.end(await mergeCommand({ out, sources }, flags, context.terminal));
  });
};

/** `care-judge merge`. */
async function mergeCommand(
  { out, sources }: { readonly out: string; readonly sources: readonly string[] },
  flags: MergeFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { mergeStores } = await import('../../adapters/sqlite/merge/merge-stores.ts');
  const { presentMerge } = await import('../merge-document.ts');
  const merged = mergeStores(out, sources);
  const value = { version: 1, ...merged };
  await printFigures(terminal, flags, { value, show: () => presentMerge(merged) });
  const complete = merged.runs.every(({ open, planIncomplete }) => open === 0 && !planIncomplete);
  return complete ? EXIT.ok : EXIT.missing;
}
