import type { BridgeFlags } from '../bridge-command.ts';
import { DEFAULT_DB, type DefineCommand } from '../command.ts';

const EXAMPLES = `
A side is RUN, or RUN:%JUDGE where the run has several judges; RUN left out is the newest. Both must
have rated the same answers: put both judges into one config, or run a second config with the other
judge on the same store.

Examples:
  care-judge bridge :%GPT-4o :%Qwen3-32B --out bridge.json
  care-judge bridge old-3f2a91c0 new-77ab01de --out bridge.json
  care-judge compare new-run old-run --bridge-file bridge.json`;

export const defineBridge: DefineCommand = (program, context) => {
  program
    .command('bridge')
    .description('estimate how a new judge’s ratings read on an old judge’s scale')
    .argument('<old>', 'the judge whose scale is kept')
    .argument('<new>', 'the judge whose ratings are to be carried over')
    .option('--out <file>', 'write the bridge as JSON, for `compare --bridge-file`')
    .option('--markdown <file>', 'also write what is shown, as Markdown')
    .option('--json', 'print the bridge as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES)
    .action(async (older: string, newer: string, flags: BridgeFlags) => {
      const { bridgeCommand } = await import('../bridge-command.ts');
      context.end(await bridgeCommand([older, newer], flags, context.terminal));
    });
};
