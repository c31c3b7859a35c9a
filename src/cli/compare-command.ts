import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { compareInStore } from '../app/compare.ts';
import { renderComparisonMarkdown } from '../report/comparison-markdown.ts';
import { renderComparisonText } from '../report/comparison-text.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface CompareFlags {
  readonly db: string;
  readonly bridge?: boolean;
  readonly bridgeFile?: string;
  readonly holm?: boolean;
  readonly seed: number;
  readonly json?: boolean;
  readonly out?: string;
}

/** `care-judge compare`. */
export async function compareCommand(
  selectors: readonly string[],
  { db, bridge = false, bridgeFile, holm, seed, json, out }: CompareFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const adjustment = holm ? 'holm' : 'max-t';
  const set = compareInStore({ db, selectors, bridge, bridgeFile, seed, adjustment });
  if (set.bridged && !set.carried) {
    printLine(
      stderr,
      'Warning: the sides were not rated by the same judge with the same rubrics; a difference may be the judges’.',
    );
  }
  if (json) printLine(stdout, JSON.stringify(set, null, 2));
  else printLine(stdout, renderComparisonText(set));
  if (out !== undefined) {
    await writeTextFile(out, renderComparisonMarkdown(set));
    printLine(stderr, `Written: ${out}`);
  }
  return EXIT.ok;
}
