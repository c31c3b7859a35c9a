import type { Command } from '@commander-js/extra-typings';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge power configs/vllm.yaml                      with the spread of published ratings
  care-judge power configs/vllm.yaml --run pilot-3f2a91c0  with the spread of a pilot run
  care-judge power configs/vllm.yaml --sd 2.1 --sd-diff 1.8 --difference 0.3
  care-judge power --run pilot-3f2a91c0 --costs 0,1,4     a judgment costs four times an answer

Costs and variances are per question, per answer and per judgment.`;

/** A number above 0 from the command line. */
function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('must be a number above 0');
  return value;
}

/** Three numbers with commas; the first may be 0, and so may the rest where `zeros`. */
function triple(zeros: boolean): (text: string) => readonly [number, number, number] {
  return (text) => {
    const [first, second, third, ...rest] = text.split(',').map(Number);
    const fits = (value: number | undefined, zero: boolean): value is number =>
      value !== undefined && Number.isFinite(value) && (zero ? value >= 0 : value > 0);
    if (!fits(first, true) || !fits(second, zeros) || !fits(third, zeros) || rest.length > 0)
      throw new InvalidArgumentError('must be three numbers such as 0,1,1');
    return [first, second, third];
  };
}

const command = (program: Command) =>
  program
    .command('power')
    .alias('plan')
    .description('show what a design can detect before you run it, and where more calls help most')
    .argument('[config]', 'the planned design (default: the pilot run’s)')
    .option('--db <file>', 'the store of the pilot run', DEFAULT_DB)
    .option('--run <id>', 'pilot run that provides the standard deviations')
    .option('--sd <n>', 'SD of ratings within a culture and category', positive)
    .option('--sd-diff <n>', 'SD of paired differences between two models', positive)
    .option('--difference <n>', 'the difference to detect', positive, 0.3)
    .option('--variances <q,a,j>', 'variances, instead of the pilot’s', triple(true))
    .option(
      '--costs <q,a,j>',
      'relative costs (default: the config’s prices, or 0,1,1)',
      triple(false),
    )
    .option('--json', 'print the figures as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type PowerFlags = FlagsOf<typeof command>;

export const definePower: DefineCommand = (program, context) => {
  command(program).action(async (config, flags) => {
    context.end(await powerCommand(config, flags, context.terminal));
  });
};

type Triple = readonly [number, number, number];

/** `care-judge power`. */
async function powerCommand(
  config: string | undefined,
  flags: PowerFlags,
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
  const { presentPower } = await import('../../analyses/power/present.ts');
  const { planDesign } = await import('../../analyses/power/read.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
  const plan = await planDesign({
    config,
    environment,
    db: flags.db,
    pilot: flags.run,
    sd: flags.sd,
    sdDifference: flags.sdDiff,
    difference: flags.difference,
    variances: flags.variances && nested(flags.variances),
    costs: flags.costs && nested(flags.costs),
  });
  if (flags.json) printJson(stdout, plan);
  else printLine(stdout, renderDocumentText(presentPower(plan), stdout.columns ?? 100));
  return EXIT.ok;
}

const nested = ([question, answer, judging]: Triple) => ({ question, answer, judging });
