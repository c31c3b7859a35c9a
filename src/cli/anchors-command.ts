import { makeAnchors } from '../analyses/drift/anchors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface AnchorsFlags {
  readonly out: string;
  readonly size: number;
  readonly seed: number;
  readonly db: string;
}

/** `care-judge anchors`. */
export async function anchorsCommand(
  run: string,
  { out, ...options }: AnchorsFlags,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const made = await makeAnchors({ ...options, run, file: out });
  printLine(stderr, `Written: ${out}, ${made.anchors} answers of ${made.run}, rated`);
  for (const { culture, bands } of made.spread) {
    const counts = bands.map((count, band) => `${2 * band + 1}–${2 * band + 2}: ${count}`);
    printLine(stderr, `  ${culture}  ${counts.join('  ')}`);
  }
  for (const warning of made.warnings) printLine(stderr, `Warning: ${warning}`);
  return EXIT.ok;
}
