import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { packageFile } from '../../adapters/system/package-file.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { DefineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge init                    writes care-judge.yaml
  care-judge init my-run.yaml`;

const command = (program: Command) =>
  program
    .command('init')
    .description('write a commented starter config')
    .argument('[file]', 'the config to write', 'care-judge.yaml')
    .option('--force', 'overwrite an existing file')
    .addHelpText('after', EXAMPLES);

export const defineInit: DefineCommand = (program, context) => {
  command(program).action(async (file, flags) => {
    context.end(await initCommand(file, flags.force ?? false, context.terminal));
  });
};

const STARTER = packageFile('configs/starter.yaml');
const SCHEMA = packageFile('configs/schema.json');
const SAMPLE = packageFile('configs/items/sample.jsonl');

/** `care-judge init`: a starter config, and the sample questions that it names beside it. */
async function initCommand(file: string, force: boolean, { stdout }: Terminal): Promise<ExitCode> {
  const { writeTextFile } = await import('../../adapters/files/write-atomically.ts');
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
  await writeTextFile(file, starterFor(dirname(file)));
  printLine(stdout, `Written: ${written.join(', ')}`);
  printLine(
    stdout,
    `Edit ${file}, then: care-judge validate ${file} --ping && care-judge run ${file}`,
  );
  return EXIT.ok;
}

/** The starter config with the schema where an editor finds it from that folder. */
function starterFor(folder: string): string {
  return readFileSync(STARTER, 'utf8').replace(
    '$schema=schema.json',
    `$schema=${relative(folder, SCHEMA)}`,
  );
}
