import type { Command } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge card                             every judge of the newest run
  care-judge card RUN --judge GPT-4o --out reports/card
                                              one judge, also as Markdown and JSON
  care-judge card --json | jq -r '.cards[].verdict'

It makes no calls: it summarizes the human ratings, anchors, audits, repeats and other judges in the
store, and names the command that measures what is missing.`;

const command = (program: Command) =>
  program
    .command('card')
    .description('summarize what is known about a judge and what its ratings can be used for')
    .argument('[runs...]', 'run ids or their beginnings; default: the newest')
    .option('--judge <name>', 'only this judge (default: all)')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--out <dir>', 'also write judge-card.md and judge-card.json')
    .option('--json', 'print everything as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type CardFlags = FlagsOf<typeof command>;

export const defineCard: DefineCommand = (program, context) => {
  command(program).action(async (runs, flags) => {
    context.end(await cardCommand(runs, flags, context.terminal));
  });
};

const DEFAULT_WIDTH = 100;

/** `care-judge card`. */
async function cardCommand(
  runs: readonly string[],
  { db, judge, out, json }: CardFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { presentJudgeCards } = await import('../../analyses/judge-card/present.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
  const { readJudgeCards, writeJudgeCards } = await import('../../report/judge-cards.ts');
  const found = readJudgeCards({ db, runs, judge });
  const { cards, simulated } = found;
  if (json) printJson(stdout, found);
  else
    printLine(
      stdout,
      renderDocumentText(presentJudgeCards(cards, simulated), stdout.columns ?? DEFAULT_WIDTH),
    );
  if (out !== undefined) {
    const files = await writeJudgeCards(found, out);
    printLine(stderr, `Written: ${files.join(', ')}`);
  }
  return EXIT.ok;
}
