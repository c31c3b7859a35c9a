import { type Command, Option } from '@commander-js/extra-typings';
import type { StoredComparison } from '../../analyses/comparison/read.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
A side is [RUN][:[MODEL[/VARIANT]][@STYLE][%JUDGE]]. RUN is a run's id or its beginning
(default: the newest). Parts may be omitted where one series remains. A single selector compares
everything that it matches.

Examples:
  care-judge compare checkpoint-2 checkpoint-1           two runs of one model
  care-judge compare :Qwen2.5-7B/Aligned :Qwen2.5-7B/Vanilla
  care-judge compare :Strong@role-play :Strong@zero-shot
  care-judge compare :@zero-shot                         all models of the newest run, all pairs
  care-judge compare :A :B --out comparison.html         a page; .md and .json likewise

Figures are first minus second. Each row has an interval, an adjusted p, and the smallest difference
it could detect.`;

const command = (program: Command) =>
  program
    .command('compare')
    .description('compare models or runs question by question, with tests')
    .argument('<sides...>', 'two or more selectors, or one that matches several')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--allow-mixed-judges', 'compare even if judges or rubrics differ')
    .addOption(new Option('--bridge', 'the former name of --allow-mixed-judges').hideHelp())
    .option('--bridge-file <file>', 'map one judge’s ratings to the other’s scale (see `equate`)')
    .option('--holm', 'adjust cultures and categories by Holm instead of max-T')
    .option('--seed <n>', 'seed of the sign-flips', wholeNumber(0), 0)
    .option('--json', 'print the comparison as JSON on stdout')
    .option('--out <file>', 'also write it: .html a page, .json, else Markdown')
    .addHelpText('after', EXAMPLES);
type CompareFlags = FlagsOf<typeof command>;

export const defineCompare: DefineCommand = (program, context) => {
  command(program).action(async (sides, flags) => {
    context.end(await compareCommand(sides, flags, context.terminal));
  });
};

/** `care-judge compare`. */
async function compareCommand(
  selectors: readonly string[],
  { db, allowMixedJudges, bridge: formerly, bridgeFile, holm, seed, json, out }: CompareFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { writeTextFile } = await import('../../adapters/files/write-atomically.ts');
  const { presentComparison } = await import('../../analyses/comparison/present.ts');
  const { compareStored } = await import('../../analyses/comparison/read.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
  const adjustment = holm ? 'holm' : 'max-t';
  const bridge = allowMixedJudges ?? formerly ?? false;
  const compared = compareStored({ db, selectors, bridge, bridgeFile, seed, adjustment });
  const { set, simulated } = compared;
  if (simulated !== null) printLine(stderr, simulated);
  if (set.bridged && !set.carried) {
    printLine(
      stderr,
      'Warning: the sides were not rated by the same judge with the same rubrics; a difference may be the judges’.',
    );
  }
  if (json) printJson(stdout, set);
  else printLine(stdout, renderDocumentText(presentComparison(set, 'few'), stdout.columns ?? 100));
  if (out !== undefined) {
    await writeTextFile(out, await render(compared, out));
    printLine(stderr, `Written: ${out}`);
  }
  return EXIT.ok;
}

/** The file's ending decides: a page, JSON, else Markdown. What a page is made of is loaded for a page alone. */
async function render({ set, simulated }: StoredComparison, file: string): Promise<string> {
  const { presentComparison } = await import('../../analyses/comparison/present.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  if (/\.html?$/i.test(file)) {
    const { renderDocumentPage } = await import('../../render/html/document-page.ts');
    const page = { kind: 'Comparison', opening: 'Differences', simulated };
    return renderDocumentPage(presentComparison(set, 'page'), page);
  }
  return /\.json$/i.test(file)
    ? `${JSON.stringify(set, null, 2)}\n`
    : renderDocumentMarkdown(presentComparison(set, 'all'));
}
