import { presentPower } from '../analyses/power/present.ts';
import { planDesign } from '../analyses/power/read.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

type Triple = readonly [number, number, number];

export interface PlanFlags {
  readonly db: string;
  readonly run?: string;
  readonly sd?: number;
  readonly sdDiff?: number;
  readonly difference: number;
  readonly variances?: Triple;
  readonly costs?: Triple;
  readonly json?: boolean;
}

/** `care-judge plan`. */
export async function planCommand(
  config: string | undefined,
  flags: PlanFlags,
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
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
