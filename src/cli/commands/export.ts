import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { ExportFlags } from '../export-command.ts';

const EXAMPLES = `
Examples:
  care-judge export ratings.csv                   every run of the store
  care-judge export ratings.parquet --run qwen-3f2a91c0
  care-judge export ratings.csv --bom             for Excel
  care-judge export table3.sqlite --run table3-3f2a91c0
                                                  a store of that run alone, for others to replay
  care-judge export baseline.jsonl --per-item --only :Qwen2.5-7B/Vanilla
                                                  question means to keep in a repository for \`gate\`
  care-judge export look.csv --disagreements      answers for human eyes: where a jury's judges lie apart`;

export const defineExport: DefineCommand = (program, context) => {
  program
    .command('export')
    .description('write the view `ratings` as .jsonl, .csv or .parquet, or one run as .sqlite')
    .argument('<file>', 'file to write; its ending chooses the format')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--run <id>', 'only this run; the beginning of its id will do')
    .option('--per-item', 'a line a question, model, style and judge: its mean rating (.jsonl)')
    .option('--only <side>', 'with --per-item: what this selector matches, as for compare')
    .option('--disagreements', 'answers that juries disagree on, farthest apart first, with texts')
    .option('--bom', 'CSV with a byte order mark, for spreadsheets')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: ExportFlags) => {
      const { exportCommand } = await import('../export-command.ts');
      context.end(await exportCommand(file, flags, context.terminal));
    });
};
