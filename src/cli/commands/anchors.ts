import type { AnchorsFlags } from '../anchors-command.ts';
import { DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';

const EXAMPLES = `
Examples:
  care-judge anchors --out anchors.jsonl               90 answers of the newest run
  care-judge anchors qwen-3f2a91c0 --out anchors.jsonl --size 150

Keep the file beside the config and name it there: \`anchors: { file: anchors.jsonl }\`. Every run then
judges these answers again, a call for each anchor and judge, and says whether the judge still rates
as it did. Anchors are spread over cultures and score bands.`;

export const defineAnchors: DefineCommand = (program, context) => {
  program
    .command('anchors')
    .description('freeze rated answers of a run, to see later whether the judge has drifted')
    .argument('[run]', 'a run’s id or its beginning; left out: the newest')
    .requiredOption('--out <file>', 'the .jsonl file to write')
    .option('--size <n>', 'how many at most', wholeNumber(10), 90)
    .option('--seed <n>', 'seed of the choice', wholeNumber(0), 0)
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, flags: AnchorsFlags) => {
      const { anchorsCommand } = await import('../anchors-command.ts');
      context.end(await anchorsCommand(run ?? '', flags, context.terminal));
    });
};
