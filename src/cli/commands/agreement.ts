import { Option } from '@commander-js/extra-typings';
import type { AgreementFlags } from '../agreement-command.ts';
import { DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';

const EXAMPLES = `
Examples:
  care-judge agreement                           judge and people on the newest run's answers
                                                 (import ratings first: care-judge import --help)
  care-judge agreement RUN1 RUN2                 judges of two runs on the answers they share
  care-judge agreement --out reports/agreement   also Markdown, JSON, tables and charts
  care-judge agreement --json | jq '.agreements[0].slices[0].levels'

Pairs are ratings of the same answer. Four levels: pooled (as the CARE paper has it), within culture
and model, per question across models, and between models; a sentence says why they differ.`;

export const defineAgreement: DefineCommand = (program, context) => {
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
        .choices(['affine', 'isotonic'])
        .default('affine'),
    )
    .option('--out <dir>', 'also write agreement.md, agreement.json, tables and charts')
    .option('--json', 'print everything as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], flags: AgreementFlags) => {
      const { agreementCommand } = await import('../agreement-command.ts');
      context.end(await agreementCommand(runs, flags, context.terminal));
    });
};
