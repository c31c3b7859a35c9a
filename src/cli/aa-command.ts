import { presentRepeatability } from '../analyses/gate/present.ts';
import { runAgainstItself } from '../analyses/gate/read-repeatability.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface AaFlags {
  readonly db: string;
  readonly secondDb?: string;
  readonly policy?: string;
  readonly json?: boolean;
}

/** `care-judge aa`. */
export async function aaCommand(
  { first, second }: { readonly first: string; readonly second: string | undefined },
  flags: AaFlags,
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
  const repeat = runAgainstItself({ ...flags, first, second, environment });
  if (flags.json) printJson(stdout, repeat);
  else printLine(stdout, renderDocumentText(presentRepeatability(repeat), stdout.columns ?? 100));
  return repeat.repeatable ? EXIT.ok : EXIT.gateFailed;
}
