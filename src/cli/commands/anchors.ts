import type { Command } from '@commander-js/extra-typings';
import { counted } from '../../domain/counted.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge anchors --out anchors.jsonl               90 answers of the newest run
  care-judge anchors qwen-3f2a91c0 --out anchors.jsonl --size 150

Keep the file beside the config and name it there: \`anchors: { file: anchors.jsonl }\`. Every run then
judges these answers again, a call for each anchor and judge, and says whether the judge still rates
as it did. Anchors are spread over cultures and score bands.`;

const command = (program: Command) =>
  program
    .command('anchors')
    .description('freeze rated answers of a run to detect judge drift later')
    .argument('[run]', 'a run’s id or its beginning; default: the newest')
    .requiredOption('--out <file>', 'the .jsonl file to write')
    .option('--size <n>', 'maximum number of anchors', wholeNumber(10), 90)
    .option('--seed <n>', 'seed of the choice', wholeNumber(0), 0)
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES);
type AnchorsFlags = FlagsOf<typeof command>;

export const defineAnchors: DefineCommand = (program, context) => {
  command(program).action(async (run, flags) => {
    context.end(await anchorsCommand(run ?? '', flags, context.terminal));
  });
};

/** `care-judge anchors`. */
async function anchorsCommand(
  run: string,
  { out, ...options }: AnchorsFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const { makeAnchors } = await import('../../analyses/drift/anchors.ts');
  const made = await makeAnchors({ ...options, run, file: out });
  printLine(stderr, `Written: ${out}, ${counted(made.anchors, 'answer')} of ${made.run}, rated`);
  for (const { culture, bands } of made.spread) {
    const counts = bands.map((count, band) => `${2 * band + 1}–${2 * band + 2}: ${count}`);
    printLine(stderr, `  ${culture}  ${counts.join('  ')}`);
  }
  for (const warning of made.warnings) printLine(stderr, `Warning: ${warning}`);
  return EXIT.ok;
}
