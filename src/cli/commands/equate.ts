import type { Command } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
A side is RUN, or RUN:%JUDGE where the run has several judges; without RUN it is the newest. Both must
have rated the same answers: put both judges into one config, or run a second config with the other
judge on the same store.

Examples:
  care-judge equate :%GPT-4o :%Qwen3-32B --out bridge.json
  care-judge equate old-3f2a91c0 new-77ab01de --out bridge.json
  care-judge compare new-run old-run --bridge-file bridge.json`;

const command = (program: Command) =>
  program
    .command('equate')
    .alias('bridge')
    .description('map a new judge’s ratings to an old judge’s scale')
    .argument('<old>', 'the judge whose scale is kept')
    .argument('<new>', 'the judge whose ratings are mapped')
    .option('--out <file>', 'write the mapping as JSON, for `compare --bridge-file`')
    .option('--markdown <file>', 'also write the output as Markdown')
    .option('--json', 'print the mapping as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES);
type EquateFlags = FlagsOf<typeof command>;

export const defineEquate: DefineCommand = (program, context) => {
  command(program).action(async (older, newer, flags) => {
    context.end(await equateCommand([older, newer], flags, context.terminal));
  });
};

/** `care-judge equate`. */
async function equateCommand(
  [older, newer]: readonly [string, string],
  { db, out, markdown, json }: EquateFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { writeTextFile } = await import('../../adapters/files/write-atomically.ts');
  const { presentBridge } = await import('../../analyses/equating/present.ts');
  const { bridgeJudges } = await import('../../analyses/equating/read.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
  const bridge = await bridgeJudges({ db, old: older, new: newer, out });
  if (json) printJson(stdout, bridge);
  else printLine(stdout, renderDocumentText(presentBridge(bridge), stdout.columns ?? 100));
  if (markdown !== undefined)
    await writeTextFile(markdown, renderDocumentMarkdown(presentBridge(bridge)));
  const written = [out, markdown].filter((file) => file !== undefined);
  if (written.length > 0) printLine(stderr, `Written: ${written.join(', ')}`);
  return EXIT.ok;
}
