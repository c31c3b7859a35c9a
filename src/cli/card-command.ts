import { presentJudgeCards } from '../analyses/judge-card/present.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { readJudgeCards, writeJudgeCards } from '../report/judge-cards.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface CardFlags {
  readonly db: string;
  readonly judge?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const DEFAULT_WIDTH = 100;

/** `care-judge card`. */
export async function cardCommand(
  runs: readonly string[],
  { db, judge, out, json }: CardFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const found = readJudgeCards({ db, runs, judge });
  const { cards, simulated } = found;
  if (json) printJson(stdout, found);
  else
    printLine(
      stdout,
      renderDocumentText(presentJudgeCards(cards, simulated), stdout.columns ?? DEFAULT_WIDTH),
    );
  if (out !== undefined) {
    const files = await writeJudgeCards(found, out);
    printLine(stderr, `Written: ${files.join(', ')}`);
  }
  return EXIT.ok;
}
