import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { presentComparison } from '../analyses/comparison/present.ts';
import { compareStored, type StoredComparison } from '../analyses/comparison/read.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

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
  const compared = compareStored({ db, selectors, bridge, bridgeFile, seed, adjustment });
  const { set, simulated } = compared;
  if (simulated !== null) printLine(stderr, simulated);
  if (set.bridged && !set.carried) {
    printLine(
      stderr,
      'Warning: the sides were not rated by the same judge with the same rubrics; a difference may be the judges’.',
    );
  }
  if (json) printJson(stdout, set);
  else printLine(stdout, renderDocumentText(presentComparison(set, 'few'), stdout.columns ?? 100));
  if (out !== undefined) {
    await writeTextFile(out, await render(compared, out));
    printLine(stderr, `Written: ${out}`);
  }
  return EXIT.ok;
}

/** The file's ending decides: a page, JSON, else Markdown. What a page is made of is loaded for a page alone. */
async function render({ set, simulated }: StoredComparison, file: string): Promise<string> {
  if (/\.html?$/i.test(file)) {
    const { renderDocumentPage } = await import('../render/html/document-page.ts');
    const page = { kind: 'Comparison', opening: 'Differences', simulated };
    return renderDocumentPage(presentComparison(set, 'page'), page);
  }
  return /\.json$/i.test(file)
    ? `${JSON.stringify(set, null, 2)}\n`
    : renderDocumentMarkdown(presentComparison(set, 'all'));
}
