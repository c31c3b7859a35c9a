import { renderAgreementText } from '../analyses/agreement/present/text.ts';
import { agreementInStore } from '../analyses/agreement/read.ts';
import { writeAgreement } from '../analyses/agreement/write.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface AgreementFlags {
  readonly db: string;
  readonly seed: number;
  readonly resamples: number;
  readonly calibration: 'affine' | 'isotonic';
  readonly out?: string;
  readonly json?: boolean;
}

const DEFAULT_WIDTH = 100;

/** `care-judge agreement`. */
export async function agreementCommand(
  runs: readonly string[],
  { db, seed, resamples, calibration, out, json }: AgreementFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const report = agreementInStore(db, runs, { seed, resamples, calibration });
  if (json) printJson(stdout, report);
  else printLine(stdout, renderAgreementText(report, { width: stdout.columns ?? DEFAULT_WIDTH }));
  if (out !== undefined) {
    const files = await writeAgreement(report, out);
    printLine(stderr, `Written to ${out}: agreement.md and ${files.length - 1} other files.`);
  }
  return EXIT.ok;
}
