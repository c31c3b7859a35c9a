import type { CardFlags } from '../card-command.ts';
import { DEFAULT_DB, type DefineCommand } from '../command.ts';

const EXAMPLES = `
Examples:
  care-judge card                             every judge of the newest run
  care-judge card RUN --judge GPT-4o --out reports/card
                                              one judge, also as Markdown and JSON
  care-judge card --json | jq -r '.cards[].verdict'

It calls nothing: it gathers what ratings by people, anchors, audits, repeats and other judges have
left in the store, and names the command that would measure what is missing.`;

export const defineCard: DefineCommand = (program, context) => {
  program
    .command('card')
    .description('what a judge’s ratings may be used for, and what is known of it')
    .argument('[runs...]', 'run ids or their beginnings; left out: the newest')
    .option('--judge <name>', 'one judge; left out: all')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--out <dir>', 'also write judge-card.md and judge-card.json')
    .option('--json', 'print everything as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], flags: CardFlags) => {
      const { cardCommand } = await import('../card-command.ts');
      context.end(await cardCommand(runs, flags, context.terminal));
    });
};
