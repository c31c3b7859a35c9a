import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

const STARTER = fileURLToPath(new URL('../../configs/starter.yaml', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../configs/items/sample.jsonl', import.meta.url));

/** `care-judge init`: a starter config, and the sample questions that it names beside it. */
export async function initCommand(
  file: string,
  force: boolean,
  { stdout }: Terminal,
): Promise<ExitCode> {
  if (existsSync(file) && !force) {
    throw new OperatorError(
      `${file}: exists already. Name another file, or write over it with --force.`,
    );
  }
  const items = join(dirname(file), 'items', 'sample.jsonl');
  const written = [file];
  if (!existsSync(items)) {
    await writeTextFile(items, readFileSync(SAMPLE, 'utf8'));
    written.push(items);
  }
  await writeTextFile(file, readFileSync(STARTER, 'utf8'));
  printLine(stdout, `Written: ${written.join(', ')}`);
  printLine(
    stdout,
    `Edit ${file}, then: care-judge validate ${file} --ping && care-judge run ${file}`,
  );
  return EXIT.ok;
}
