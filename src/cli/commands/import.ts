import { type CommandUnknownOpts, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { ImportRatingsOptions } from '../../analyses/agreement/import/import-ratings.ts';
import { ANSWER_FORMATS } from '../../domain/answer-formats.ts';
import { counted } from '../../domain/counted.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { RatingScale } from '../../domain/human-rating.ts';
import type { ImportOptions } from '../../run/import-answers.ts';
import { type CommandContext, DEFAULT_DB, type DefineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge import configs/vllm.yaml answers.jsonl --model Qwen2.5-7B --variant Aligned
  care-judge import configs/vllm.yaml samples.jsonl --model Qwen2.5-7B --format lm-eval
  care-judge run configs/vllm.yaml                then judges what was imported
  care-judge import ratings native-speakers.csv   human ratings of answers: see import ratings --help

One row per answer: \`response\`, and \`item\` (the question's id) or \`question\` (its text).
Several rows of one question are its trials, in that order. Files of AlpacaEval, MT-bench, lm-eval
(--log_samples), inspect (.eval, .json) and promptfoo are read with --format.`;

const RATING_EXAMPLES = `
Examples:
  care-judge import ratings native-speakers.csv
  care-judge import ratings sheet-2.csv --rater Amal --scale 1-5
  care-judge import ratings care-preferences.parquet     CARE's released ratings, both generations
  care-judge agreement                                   then measures how well the judge agrees

One row per rating, with these columns:
  question, or item    the question's text, or its id in the store
  response, or model   the answer's text; or the model (and variant, style) whose answer it is
  rating               a number from 1 to 10 (or human_rating); blank: not rated
  rater                who gave it (or annotator)
  culture, category    optional, for answers that no model of the store gave (or culture_type, cul_type)
  scale_min, scale_max optional, where rows have a scale of their own

A rating belongs to the text: it counts for every model that gave this answer to this question, in
runs made before or after. The same file again changes nothing.`;

export const defineImport: DefineCommand = (program, context) => {
  const command = program
    .command('import')
    .description('import existing answers instead of querying a model')
    // Options that stand behind \`ratings\` are its own.
    .enablePositionalOptions()
    .argument('<config>', 'config of the run that the answers belong to')
    .argument('<answers>', '.jsonl, .json, .csv, .tsv, .parquet (also .gz, .zst) or .eval')
    .option('--model <name>', 'model that gave the answers, as named in the config (required)')
    .option('--variant <name>', 'its variant')
    .option('--style <name>', 'prompting style of the answers (default: the only one)')
    .addOption(
      new Option('--format <name>', 'the harness that wrote the file').choices(ANSWER_FORMATS),
    )
    .option('--json', 'print the counts as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .action(async (config, answers, flags) => {
      const { model, db = DEFAULT_DB, json, ...rest } = flags;
      if (model === undefined)
        throw new OperatorError('--model: say which model of the config made the answers');
      const options = { ...rest, config, answers, model, db };
      context.end(await importCommand(options, json, context.terminal));
    });
  defineRatings(command, context);
};

function defineRatings(parent: CommandUnknownOpts, context: CommandContext): void {
  parent
    .command('ratings')
    .description('import human ratings')
    .argument('<file>', '.csv, .jsonl, .json or .parquet')
    .option('--rater <name>', 'rater name for rows without one (default: the source)')
    .option('--source <name>', 'where the ratings come from (default: the file’s name)')
    .option('--culture <name>', 'culture of rows without one whose answer is not in the store')
    .option('--scale <min-max>', 'the raters’ scale, mapped onto 1–10 (default: 1-10)', ratingScale)
    .option('--run <id>', 'the run that rows with a model and no text mean (default: any)')
    .option('--json', 'print the counts as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', RATING_EXAMPLES)
    .action(async (file, { json, ...flags }) => {
      context.end(await importRatingsCommand({ ...flags, file }, json, context.terminal));
    });
}

function ratingScale(text: string): RatingScale {
  const [, min, max] = /^(-?[\d.]+)-(-?[\d.]+)$/.exec(text) ?? [];
  const scale = { min: Number(min ?? Number.NaN), max: Number(max ?? Number.NaN) };
  if (scale.min < scale.max) return scale;
  throw new InvalidArgumentError('must be two numbers such as 1-5');
}

/** `care-judge import`. */
async function importCommand(
  options: Omit<ImportOptions, 'environment'>,
  json: boolean | undefined,
  { stdout, stderr, environment }: Terminal,
): Promise<ExitCode> {
  const { importAnswers } = await import('../../run/import-answers.ts');
  const { runId, imported, unused, open } = await importAnswers({ ...options, environment });
  if (json) printJson(stdout, { version: 1, run: runId, imported, unused, open });
  printLine(stderr, `${counted(imported, 'answer')} imported into run ${runId}.`);
  if (unused > 0) {
    printLine(
      stderr,
      `${counted(unused, 'row')} not used: no planned call of this model is waiting (other questions, more rows than trials, or answered before).`,
    );
  }
  if (open > 0)
    printLine(
      stderr,
      `${counted(open, 'planned answer')} of this model still open; \`care-judge run\` asks for the rest.`,
    );
  return EXIT.ok;
}

/** `care-judge import ratings`. */
async function importRatingsCommand(
  options: Omit<ImportRatingsOptions, 'open'>,
  json: boolean | undefined,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { importRatings } = await import('../../analyses/agreement/import/import-ratings.ts');
  const { openHumanRatingStore } = await import(
    '../../adapters/sqlite/write/human-rating-store.ts'
  );
  const made = await importRatings({ ...options, open: openHumanRatingStore });
  const { added, changed, unchanged, linked, outside, raters, answers, blank, source } = made;
  if (json) printJson(stdout, { version: 1, ...made });
  const say = (text: string) => printLine(stderr, text);
  say(
    `${counted(added + changed + unchanged, 'rating')} of ${counted(answers, 'answer')} by ${counted(raters, 'rater')} (${source}): ${added} new, ${changed} changed, ${unchanged} known already.`,
  );
  if (blank > 0) say(`${counted(blank, 'row')} without a rating left out.`);
  say(`Of answers in this store: ${counted(linked, 'rating')}.`);
  if (outside > 0) {
    say(
      `Of answers that no model of this store gave: ${counted(outside, 'rating')}. They are kept: they count between people, and for any run that gives the same answer later.`,
    );
  }
  if (linked > 0) say(`How far the judge agrees: care-judge agreement --db ${options.db}`);
  return EXIT.ok;
}
