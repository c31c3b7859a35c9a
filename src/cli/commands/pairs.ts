import { basename, dirname, join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { PairsRequest } from '../../analyses/training-pairs/request.ts';
import type { SplitShares } from '../../analyses/training-pairs/split.ts';
import { OperatorError } from '../../domain/errors.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { jsonText, printFigures, writeFiles } from '../output.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge pairs --out pairs.jsonl --for trl --method dpo
                                   highest against lowest rated answer of each question, as the paper
  care-judge pairs RUN --out pairs.jsonl --for llama-factory --method simpo --rule all --min-gap 3 \\
    --max-per-question 4 --length-ratio 1.5 --exclude test.jsonl --split 80,10,10
  care-judge pairs --ratings human --out kto.jsonl --for trl --method kto --desirable 8 --undesirable 4

A data card is written next to the file (pairs.card.md). Truncated, filtered, empty, failed and unrated
answers are never used.`;

function positive(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < least)
      throw new InvalidArgumentError(`must be a number of at least ${least}`);
    return value;
  };
}

/** \`80,10,10\`: train, validation, test, in any unit. */
function shares(text: string): SplitShares {
  const parts = text.split(',').map(Number);
  const [train = 0, validation = 0, test = 0] = parts;
  const sum = train + validation + test;
  const fits = parts.length >= 2 && parts.length <= 3 && parts.every((part) => part >= 0);
  if (!fits || !(sum > 0) || !(train > 0))
    throw new InvalidArgumentError('must be shares of train,validation,test such as 80,10,10');
  return { train: train / sum, validation: validation / sum, test: test / sum };
}

const command = (program: Command) =>
  program
    .command('pairs')
    .description('make preference data for DPO, KTO, SimPO or SFT from stored ratings')
    .argument('[runs...]', 'run ids or their beginnings; default: the newest')
    .requiredOption('--out <file>', 'the .jsonl file to write')
    .addOption(
      new Option('--for <trainer>', 'whose format')
        .choices(['trl', 'llama-factory', 'axolotl', 'openrlhf'] as const)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--method <name>', 'training method')
        .choices(['dpo', 'kto', 'simpo', 'sft'] as const)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--ratings <whose>', 'judged or human ratings, never both')
        .choices(['judge', 'human'] as const)
        .default('judge' as const),
    )
    .option('--judge <name>', 'the judge, where the runs have several')
    .option('--style <name>', 'the prompting style, where the runs have several')
    .addOption(
      new Option(
        '--rule <name>',
        'highest against lowest, all pairs, or highest against a random one',
      )
        .choices(['extremes', 'all', 'random'] as const)
        .default('extremes' as const),
    )
    .option('--min-gap <n>', 'least difference of ratings', positive(0), 0)
    .addOption(
      new Option('--ties <how>', 'pick among equals by seed, or the pair nearest in length')
        .choices(['seed', 'length'] as const)
        .default('seed' as const),
    )
    .option('--length-ratio <n>', 'longest text at most this many times the other', positive(1))
    .option('--max-per-question <n>', 'maximum rows per question', wholeNumber(1))
    .option('--desirable <n>', 'kto, sft: ratings from which an answer is good', positive(1))
    .option('--undesirable <n>', 'kto: ratings up to which an answer is bad', positive(1))
    .option('--references', 'also use human references as chosen texts (flagged in each row)')
    .option('--culture <names...>', 'only these cultures')
    .addOption(
      new Option(
        '--association <whose>',
        'only questions about the own or another culture',
      ).choices(['native', 'foreign'] as const),
    )
    .option('--exclude <files...>', 'test sets (configs or item files) whose questions never enter')
    .option('--split <shares>', 'train,validation,test by question: 80,10,10', shares)
    .option('--seed <n>', 'seed of ties, draws and splits', wholeNumber(0), 0)
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--json', 'print the data card as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type PairsFlags = FlagsOf<typeof command>;

export const definePairs: DefineCommand = (program, context) => {
  command(program).action(async (runs, flags) => {
    context.end(await pairsCommand(runs, flags, context.terminal));
  });
};

/** `care-judge pairs`. */
async function pairsCommand(
  runs: readonly string[],
  flags: PairsFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!flags.out.endsWith('.jsonl'))
    throw new OperatorError(`--out: must end in .jsonl, found ${flags.out}`);
  const { presentPairs } = await import('../../analyses/training-pairs/present.ts');
  const { readCandidates } = await import('../../analyses/training-pairs/read.ts');
  const { makeTrainingPairs } = await import('../../analyses/training-pairs/training-pairs.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const testQuestions = await questionsOf(flags.exclude ?? [], terminal);
  const source = await withStore(flags.db, (archive) =>
    readCandidates(archive, { runs, ...flags }),
  );
  const { files, card } = makeTrainingPairs(source, requestOf(flags, testQuestions));
  const document = presentPairs(card);
  const folder = dirname(flags.out);
  await writeFiles(terminal, [
    ...files.map(({ name, text }) => ({ file: join(folder, name), text })),
    { file: flags.out.replace(/\.jsonl$/, '.card.md'), text: renderDocumentMarkdown(document) },
    ...(await registryFile(
      flags,
      files.map(({ name }) => name),
    )),
  ]);
  await printFigures(terminal, flags, { value: card, show: () => document });
  return EXIT.ok;
}

function requestOf(flags: PairsFlags, testQuestions: readonly string[]): PairsRequest {
  const { method, rule, minGap, ties, seed, split } = flags;
  return {
    ...{ method, rule, minGap, ties, seed, testQuestions },
    trainer: flags.for,
    lengthRatio: flags.lengthRatio ?? null,
    maxPerQuestion: flags.maxPerQuestion ?? Number.POSITIVE_INFINITY,
    references: flags.references ?? false,
    desirable: flags.desirable ?? null,
    undesirable: flags.undesirable ?? null,
    cultures: flags.culture ?? [],
    association: flags.association ?? null,
    split: split ?? null,
    file: basename(flags.out),
  };
}

async function questionsOf(inputs: readonly string[], { environment }: Terminal) {
  if (inputs.length === 0) return [];
  const { readQuestionSet } = await import('../../analyses/question-set/read.ts');
  const { items } = await readQuestionSet({ inputs, environment });
  return items.map(({ item }) => item.question);
}

/** What the trainer reads beside its data, with the entries that are there already. */
async function registryFile(
  { for: trainer, method, out }: PairsFlags,
  names: readonly string[],
): Promise<{ readonly file: string; readonly text: string }[]> {
  const { TRAINERS } = await import('../../analyses/training-pairs/trainers/index.ts');
  const { registry } = TRAINERS[trainer];
  if (registry === null) return [];
  const { fileExists, readText } = await import('../../adapters/files/read-text.ts');
  const file = join(dirname(out), 'dataset_info.json');
  const known = fileExists(file) ? knownEntries(file, readText(file)) : {};
  return [
    { file, text: jsonText(Object.assign(known, ...names.map((name) => registry(method, name)))) },
  ];
}

function knownEntries(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    throw new OperatorError(`${file}: is not valid JSON; mend or move it`, { cause: error });
  }
  throw new OperatorError(`${file}: must be a JSON object; mend or move it`);
}
