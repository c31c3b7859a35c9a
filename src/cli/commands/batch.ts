import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { isInFlight } from '../../domain/batch.ts';
import { counted } from '../../domain/counted.ts';
import type { ImportedResults } from '../../run/batch/import-results.ts';
import { type CommandContext, DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge batch list                                 batches of \`run --batch\` and of exported files
  care-judge batch cancel 3f2a91c04b7d --config my.yaml
  care-judge batch clean --config my.yaml               delete files of finished batches everywhere
  care-judge batch export jobs --config my.yaml         files for vllm run-batch
  care-judge batch import jobs/*.output.jsonl --config my.yaml

\`run CONFIG --batch\` sends, collects and sends again; these are for what it leaves to you.`;

export const defineBatch: DefineCommand = (program, context) => {
  const command = program
    .command('batch')
    .description('list and end batches; carry calls to engines that read files, and results back')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  defineList(command, context);
  defineCancel(command, context);
  defineClean(command, context);
  defineExportFiles(command, context);
  defineImportFiles(command, context);
};

function defineList(parent: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  parent
    .command('list')
    .description('batches of a store, with what they wait for')
    .option('--all', 'also those that have been read')
    .option('--json', 'print them as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .action(async ({ db, all, json }) => {
      const { withStore } = await import('../context.ts');
      const { batchLine } = await import('../progress/batch-line.ts');
      const batches = await withStore(db, ({ batches: archive }) =>
        archive
          .list(null)
          .filter((batch) => all || isInFlight(batch))
          .map((batch) => ({ ...batch, fates: Object.fromEntries(archive.fates(batch.id)) })),
      );
      if (json) printJson(terminal.stdout, { version: 1, batches });
      else for (const batch of batches) printLine(terminal.stdout, batchLine(batch));
      if (!json && batches.length === 0) printLine(terminal.stderr, 'No batches.');
      end(EXIT.ok);
    });
}

function defineCancel(parent: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  parent
    .command('cancel')
    .description('cancel batches; results they have by then are still collected')
    .argument('[batches...]', 'ids as `batch list` shows them; all that are under way without any')
    .requiredOption('--config <file>', 'the config that they were sent with')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .action(async (ids, options) => {
      const { cancelBatches } = await import('../../run/batch/end-batches.ts');
      const { environment } = terminal;
      const ended = await cancelBatches({ ...options, ids, environment, tell: tellOn(terminal) });
      for (const { batch, end: what } of ended)
        printLine(terminal.stderr, `${batch.id}: ${ENDS[what]}`);
      end(ended.some(({ end: what }) => what === 'left') ? EXIT.missing : EXIT.ok);
    });
}

const ENDS = {
  cancelling: 'cancelling; `run --batch` collects what it has done',
  abandoned: 'cancelled; its calls are planned again',
  left: 'left as it is',
} as const;

function tellOn({ stderr }: Terminal): (level: 'warning' | 'error', message: string) => void {
  return (level, message) =>
    printLine(stderr, `${level === 'error' ? 'Error' : 'Warning'}: ${message}`);
}

function defineClean(parent: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  parent
    .command('clean')
    .description('delete files that finished batches left at endpoints and on the disk')
    .requiredOption('--config <file>', 'the config that they were sent with')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .action(async (options) => {
      const { cleanBatches } = await import('../../run/batch/end-batches.ts');
      const { environment } = terminal;
      const deleted = await cleanBatches({ ...options, environment, tell: tellOn(terminal) });
      printLine(terminal.stderr, `${counted(deleted, 'file')} deleted at the endpoints.`);
      end(EXIT.ok);
    });
}

const EXPORT_FORMATS = ['openai', 'ray'] as const;

const EXPORT_EXAMPLES = `
Examples:
  care-judge batch export jobs --config my.yaml --endpoint gpu
  vllm run-batch -i jobs/care-judge-3f2a91c04b7d.jsonl -o jobs/3f2a91c04b7d.output.jsonl --model MODEL
  care-judge batch import jobs/3f2a91c04b7d.output.jsonl --config my.yaml
  care-judge batch export jobs --config my.yaml         then the judgments of those answers`;

function defineExportFiles(parent: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  parent
    .command('export')
    .description('write the calls that a run lacks into files; nothing is called')
    .argument('<dir>', 'where the files go, one per model')
    .requiredOption('--config <file>', 'config of the run')
    .addOption(
      new Option('--format <name>', 'openai: vllm run-batch, batch APIs; ray: rows for Ray Data')
        .choices(EXPORT_FORMATS)
        .default('openai' as const),
    )
    .option('--endpoint <name>', 'only calls to this endpoint of the config')
    .option('--requests <n>', 'most lines in a file', wholeNumber(1))
    .option('--limit <n>', 'at most this many questions, as with run', wholeNumber(1))
    .option('--json', 'print the files as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXPORT_EXAMPLES)
    .action(async (folder, { json, ...options }) => {
      const { exportCalls } = await import('../../run/batch/export-calls.ts');
      const { environment, stdout, stderr } = terminal;
      const { runId, files } = await exportCalls({ ...options, folder, environment });
      if (json) printJson(stdout, { version: 1, run: runId, files });
      for (const { path, batch } of files) {
        const calls = counted(batch.requests, batch.wave === 'answers' ? 'answer' : 'judgment');
        printLine(stderr, `${path}: ${calls} by ${batch.model}`);
      }
      if (files.length === 0) printLine(stderr, 'Nothing to export: no call is lacking.');
      end(EXIT.ok);
    });
}

function defineImportFiles(parent: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  parent
    .command('import')
    .description('read results of exported files, whole or the beginning that a killed job left')
    .argument('<files...>', 'what the engine wrote; the same file again changes nothing')
    .requiredOption('--config <file>', 'config of the run')
    .option('--limit <n>', 'as with export', wholeNumber(1))
    .option('--json', 'print the counts as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .action(async (files, { json, ...options }) => {
      const { environment } = terminal;
      const { importResults } = await import('../../run/batch/import-results.ts');
      const made = await importResults({ ...options, files, environment });
      if (json) printJson(terminal.stdout, { version: 1, ...made });
      for (const line of importLines(made)) printLine(terminal.stderr, line);
      end(made.missing > 0 ? EXIT.missing : EXIT.ok);
    });
}

function importLines(made: ImportedResults): string[] {
  const { fates, unknown, doubled, unreadable, absent, missing, refusals } = made;
  const { stored = 0, known = 0, ...left } = fates;
  const retried = Object.values(left).reduce((sum, count) => sum + count, 0);
  const odd = [
    ...(known > 0 ? [`${known} of calls that the store already has`] : []),
    ...(unknown > 0 ? [`${unknown} of no batch in this store`] : []),
    ...(doubled > 0 ? [`${doubled} more than once`] : []),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
  ];
  return [
    `${counted(stored, 'result')} imported into run ${made.runId}.`,
    ...(odd.length > 0 ? [`Lines not used: ${odd.join(', ')}.`] : []),
    ...refusals.map((message) => `All lines of a file were refused in the same words: ${message}`),
    ...(absent + retried > 0
      ? [
          `${counted(absent + retried, 'call')} without a usable line; the next export has them again.`,
        ]
      : []),
    missing > 0
      ? `${counted(missing, 'rating')} missing. Export again for what comes next.`
      : 'No rating is missing.',
  ];
}
