import type { Document } from '../render/document.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

/** Files that are named one by one; of more, the first. */
const MOST_NAMED = 8;
const FIRST_NAMED = 3;

/** Columns of an output that is not a terminal. */
const DEFAULT_WIDTH = 100;

/** What a command found, in the two forms in which stdout has it. */
interface Shown {
  /** What `--json` prints. */
  readonly value: unknown;
  /** What people read, no wider than `width` columns. */
  readonly show: (width: number) => string | Document;
}

/** Prints figures on stdout, as JSON alone where the command was asked for it; all else goes to stderr. */
export async function printFigures(
  { stdout }: Terminal,
  { json }: { readonly json?: boolean | undefined },
  { value, show }: Shown,
): Promise<void> {
  if (json) {
    printJson(stdout, value);
    return;
  }
  const width = stdout.columns ?? DEFAULT_WIDTH;
  const shown = show(width);
  if (typeof shown === 'string') {
    printLine(stdout, shown);
    return;
  }
  const { renderDocumentText } = await import('../render/text/document.ts');
  printLine(stdout, renderDocumentText(shown, width));
}

/** Writes files that a flag named and says so on stderr: stdout belongs to the figures. */
export async function writeFiles(
  { stderr }: Terminal,
  files: readonly { readonly file: string; readonly text: string }[],
): Promise<void> {
  if (files.length === 0) return;
  const { writeTextFile } = await import('../adapters/files/write-atomically.ts');
  for (const { file, text } of files) await writeTextFile(file, text);
  const named = files.length > MOST_NAMED ? files.slice(0, FIRST_NAMED) : files;
  const more = files.length - named.length;
  const others = more > 0 ? ` and ${more} more beside them` : '';
  printLine(stderr, `Written: ${named.map(({ file }) => file).join(', ')}${others}`);
}

/** What a JSON file holds. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
