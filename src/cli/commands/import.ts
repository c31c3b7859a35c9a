import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { ImportFlags } from '../import-command.ts';

const EXAMPLES = `
Examples:
  care-judge import configs/vllm.yaml answers.jsonl --model Qwen2.5-7B --variant Aligned
  care-judge run configs/vllm.yaml                then judges what was imported

One row an answer: \`response\`, and \`item\` (the question's id) or \`question\` (its text).
Several rows of one question are its trials, in that order.`;

export const defineImport: DefineCommand = (program, context) => {
  program
    .command('import')
    .description('take answers made elsewhere in place of asking a model of the config')
    .argument('<config>', 'the config whose run the answers belong to')
    .argument('<answers>', '.jsonl, .json, .csv or .parquet')
    .requiredOption('--model <name>', 'the model that made them, as the config names it')
    .option('--variant <name>', 'its variant')
    .option('--style <name>', 'the prompting style they were made with (default: the only one)')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES)
    .action(async (config: string, answers: string, flags: ImportFlags) => {
      const { importCommand } = await import('../import-command.ts');
      context.end(await importCommand({ config, answers, ...flags }, context.terminal));
    });
};
