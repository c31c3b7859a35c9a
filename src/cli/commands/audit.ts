import type { AuditFlags } from '../audit-command.ts';
import { DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';

const EXAMPLES = `
Answers are drawn from a stored run, evenly over its cultures, and judged again under one change at a
time; self-preference and length are read from the stored ratings. What it will cost is said first.

Examples:
  care-judge audit GPT-4o --config my.yaml               count the calls, make none
  care-judge audit GPT-4o --config my.yaml --yes         measure on the newest run
  care-judge audit GPT-4o qwen-3f2a91c0 --config my.yaml --sample 120 --yes --out audit

With \`audit: { helper: { endpoint: gpu, model: NAME } }\` in the config answers are translated and
references paraphrased; with \`family\` on judge and models its preference for its own is measured.`;

export const defineAudit: DefineCommand = (program, context) => {
  program
    .command('audit')
    .description('measure a judge’s known biases on stored answers')
    .argument('<judge>', 'name of a judge of the config')
    .argument('[run]', 'a run’s id or its beginning; left out: the newest')
    .requiredOption('--config <file>', 'where the judge, its endpoint and the rubrics are')
    .option('--sample <n>', 'answers that are judged again, at most', wholeNumber(10), 60)
    .option('--seed <n>', 'seed of the draw', wholeNumber(0), 0)
    .option('--dry-run', 'say what it would cost, and call nothing')
    .option('--yes', 'make the calls')
    .option('--out <folder>', 'also write audit.md and audit.json')
    .option('--json', 'print the audit as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES)
    .action(async (judge: string, run: string | undefined, flags: AuditFlags) => {
      const { auditCommand } = await import('../audit-command.ts');
      context.end(await auditCommand({ judge, run: run ?? '' }, flags, context.terminal));
    });
};
