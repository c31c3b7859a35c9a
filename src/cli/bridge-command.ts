import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { presentBridge } from '../analyses/equating/present.ts';
import { bridgeJudges } from '../analyses/equating/read.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface BridgeFlags {
  readonly db: string;
  readonly out?: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

/** `care-judge bridge`. */
export async function bridgeCommand(
  [older, newer]: readonly [string, string],
  { db, out, markdown, json }: BridgeFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const bridge = await bridgeJudges({ db, old: older, new: newer, out });
  if (json) printJson(stdout, bridge);
  else printLine(stdout, renderDocumentText(presentBridge(bridge), stdout.columns ?? 100));
  if (markdown !== undefined)
    await writeTextFile(markdown, renderDocumentMarkdown(presentBridge(bridge)));
  const written = [out, markdown].filter((file) => file !== undefined);
  if (written.length > 0) printLine(stderr, `Written: ${written.join(', ')}`);
  return EXIT.ok;
}
