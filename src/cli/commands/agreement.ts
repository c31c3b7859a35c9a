import { join } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFigures } from '../output.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge agreement                           judge and people on the newest run's answers
                                                 (import ratings first: care-judge import --help)
  care-judge agreement RUN1 RUN2                 judges of two runs on the answers they share
  care-judge agreement --out reports/agreement   also Markdown, JSON, tables and charts
  care-judge agreement --json | jq '.agreements[0].slices[0].levels'

Pairs are ratings of the same answer. Four levels: pooled (as the CARE paper has it), within culture
and model, per question across models, and between models; a sentence says why they differ.`;

const command = (program: Command) =>
  program
    .command('agreement')
    .description('measure agreement between judges and people, among people, and among judges')
    .argument('[runs...]', 'run ids or their beginnings; default: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--seed <n>', 'seed of the bootstrap', wholeNumber(0), 0)
    .option('--resamples <n>', 'bootstrap resamples', wholeNumber(200), 2000)
    .addOption(
      new Option(
        '--calibration <method>',
        'how models without human ratings are mapped to the human scale',
      )
        .choices(['affine', 'isotonic'] as const)
        .default('affine'),
    )
    .option('--out <dir>', 'also write agreement.md, agreement.json, tables and charts')
    .option('--json', 'print everything as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type AgreementFlags = FlagsOf<typeof command>;

export const defineAgreement: DefineCommand = (program, context) => {
  command(program).action(async (runs, flags) => {
    context.end(await agreementCommand(runs, flags, context.terminal));
  });
};

/** `care-judge agreement`. */
async function agreementCommand(
  runs: readonly string[],
  flags: AgreementFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { agreementFiles, presentAgreement } = await import('../../analyses/agreement/present.ts');
  const { agreementInStore } = await import('../../analyses/agreement/read.ts');
  const { db, seed, resamples, calibration, out } = flags;
  const report = await withStore(db, (archive) =>
    agreementInStore(archive, runs, { seed, resamples, calibration }),
  );
  await printFigures(terminal, flags, { value: report, show: () => presentAgreement(report) });
  if (out !== undefined) {
    const { writeContent } = await import('../../adapters/files/write-atomically.ts');
    const written: string[] = [];
    for await (const { name, content } of agreementFiles(report)) {
      await writeContent(join(out, name), content);
      written.push(name);
    }
    printLine(
      terminal.stderr,
      `Written to ${out}: ${written[0]} and ${written.length - 1} other files.`,
    );
  }
  return EXIT.ok;
}
