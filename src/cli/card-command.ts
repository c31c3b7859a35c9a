import { readJudgeCards, writeJudgeCards } from '../app/card.ts';
import { renderJudgeCardsText } from '../report/judge-card-text.ts';
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
      renderJudgeCardsText(cards, { width: stdout.columns ?? DEFAULT_WIDTH, simulated }),
    );
  if (out !== undefined) {
    const files = await writeJudgeCards(found, out);
    printLine(stderr, `Written: ${files.join(', ')}`);
  }
  return EXIT.ok;
}
