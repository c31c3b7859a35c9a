import { relabelAnswerLanguages } from '../language/answer-languages.ts';
import { reparseVerdicts } from '../run/reparse.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface RejudgeFlags {
  readonly db: string;
  readonly reparse?: boolean;
  readonly json?: boolean;
}

/** `care-judge rejudge --reparse`. */
export async function rejudgeCommand(
  run: string | undefined,
  flags: RejudgeFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { read, changes } = reparseVerdicts(flags.db, run ?? null);
  const languages = await relabelAnswerLanguages(flags.db, run ?? null);
  if (flags.json) {
    printJson(stdout, { version: 1, read, changes, languages });
    return EXIT.ok;
  }
  printLine(stderr, `${read} verdicts read again, ${changes.length} changed.`);
  if (languages > 0) printLine(stderr, `The language of ${languages} answers was looked at.`);
  for (const { id, before, after } of changes)
    printLine(stdout, `judgment ${id}: ${before} → ${after}`);
  return EXIT.ok;
}
