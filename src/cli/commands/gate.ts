import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { GateFlags } from '../gate-command.ts';

const EXAMPLES = `
CANDIDATE is [RUN][:[MODEL[/VARIANT]][@STYLE][%JUDGE]], as for compare. The baseline is written the
same way, or it is a file: per-item scores (.jsonl, from \`export --per-item\`) or, weaker, a summary.json.

Examples:
  care-judge gate checkpoint-2 --baseline checkpoint-1
  care-judge gate :Qwen2.5-7B/Aligned --baseline :Qwen2.5-7B/Vanilla --policy configs/gate.yaml
  care-judge gate :Qwen2.5-7B --baseline baseline.jsonl --junit gate.xml
  care-judge gate checkpoint-2 --baseline main-2f --baseline-db main.sqlite --out reports/gate

Exit codes: 0 pass, 1 fail, 2 wrong usage or input, 4 inconclusive (the policy may make that 1 or 0).`;

export const defineGate: DefineCommand = (program, context) => {
  program
    .command('gate')
    .description('say whether a candidate lost against a baseline: pass, fail, or not enough data')
    .argument('<candidate>', 'what is to pass')
    .requiredOption(
      '--baseline <side>',
      'what it is held against: a selector, .jsonl or summary.json',
    )
    .option('--policy <file>', 'YAML or JSON policy; left out: the defaults')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--baseline-db <file>', 'the baseline’s store, if it is another')
    .option('--bridge', 'decide in spite of different judges or rubrics')
    .option('--json', 'print the verdict as JSON on stdout')
    .option('--junit <file>', 'also write it as JUnit XML')
    .option('--out <dir>', 'also write gate.json, gate.md and gate.junit.xml there')
    .addHelpText('after', EXAMPLES)
    .action(async (candidate: string, flags: GateFlags) => {
      const { gateCommand } = await import('../gate-command.ts');
      context.end(await gateCommand(candidate, flags, context.terminal));
    });
};
