import type { AnswerFormatName } from '../domain/answer-source.ts';
import { importAnswers } from '../run/import-answers.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface ImportFlags {
  readonly db: string;
  readonly model: string;
  readonly variant?: string;
  readonly style?: string;
  readonly format?: AnswerFormatName;
}

/** `care-judge import`. */
export async function importCommand(
  options: ImportFlags & { readonly config: string; readonly answers: string },
  { stderr, environment }: Terminal,
): Promise<ExitCode> {
  const { runId, imported, unused, open } = await importAnswers({ ...options, environment });
  printLine(stderr, `${imported} answers imported into run ${runId}.`);
  if (unused > 0) {
    printLine(
      stderr,
      `${unused} rows were not used: no planned call of this model waits for them (other questions, more rows than trials, or answered before).`,
    );
  }
  if (open > 0)
    printLine(
      stderr,
      `${open} planned answers of this model are still open; \`care-judge run\` will ask for them.`,
    );
  return EXIT.ok;
}
