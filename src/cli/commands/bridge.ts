import type { Command } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
A side is RUN, or RUN:%JUDGE where the run has several judges; RUN left out is the newest. Both must
have rated the same answers: put both judges into one config, or run a second config with the other
judge on the same store.

Examples:
  care-judge bridge :%GPT-4o :%Qwen3-32B --out bridge.json
  care-judge bridge old-3f2a91c0 new-77ab01de --out bridge.json
  care-judge compare new-run old-run --bridge-file bridge.json`;

const command = (program: Command) =>
  program
    .command('bridge')
    .description('estimate how a new judge’s ratings read on an old judge’s scale')
    .argument('<old>', 'the judge whose scale is kept')
    .argument('<new>', 'the judge whose ratings are to be carried over')
    .option('--out <file>', 'write the bridge as JSON, for `compare --bridge-file`')
    .option('--markdown <file>', 'also write what is shown, as Markdown')
    .option('--json', 'print the bridge as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES);
type BridgeFlags = FlagsOf<typeof command>;

export const defineBridge: DefineCommand = (program, context) => {
  command(program).action(async (older, newer, flags) => {
    context.end(await bridgeCommand([older, newer], flags, context.terminal));
  });
};

/** `care-judge bridge`. */
async function bridgeCommand(
  [older, newer]: readonly [string, string],
  { db, out, markdown, json }: BridgeFlags,
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
