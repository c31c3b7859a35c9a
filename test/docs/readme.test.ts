import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { loadConfig } from '../../src/config/load.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

function block(language: string, containing: string): string {
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  const found = blocks.find(([, tag, text]) => tag === language && text?.includes(containing));
  if (!found?.[2]) throw new Error(`the README has no ${language} block with ${containing}`);
  return found[2];
}

const PROGRAM = block('ts', "from 'care-judge'");

/** A folder in which `care-judge` is the built package, as after an installation. */
async function inPackage(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-readme-'));
  try {
    cpSync(join(ROOT, 'configs'), join(folder, 'configs'), { recursive: true });
    cpSync(join(ROOT, 'prompts'), join(folder, 'prompts'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the README’s program runs as printed and ends with its missing count', async () => {
  await inPackage(async (folder) => {
    writeFileSync(join(folder, 'example.mjs'), PROGRAM);
    const { stdout } = await promisify(execFile)(process.execPath, ['example.mjs'], {
      cwd: folder,
    });
    const lines = stdout.trim().split('\n');
    // Three models × three styles × three cultures, three pairs in brackets, and the closing line.
    expect(lines).toHaveLength(33);
    expect(lines[28]).toMatch(/^ {2}\[ 'Strong, zero-shot', 'Middling, zero-shot', \d\.\d+ \],$/);
    expect(lines.at(-1)).toBe('0 ratings missing');
    expect(lines[0]).toMatch(/^Strong zero-shot Chinese \d\.\d+ \[ \d\.\d+, \d+(\.\d+)? \] 30$/);
  });
});

test('the package has types, and the README’s program keeps to them', async () => {
  await inPackage(async (folder) => {
    const wrong = '// @ts-expect-error: a count is no text\nexport const text: string = missing;\n';
    writeFileSync(join(folder, 'example.mts'), `${PROGRAM}${wrong}`);
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024'];
    const checked = promisify(execFile)(process.execPath, [compiler, ...options, 'example.mts'], {
      cwd: folder,
    });
    await expect(checked.catch(({ stdout }) => stdout)).resolves.toMatchObject({ stdout: '' });
  });
});

test('the README’s config is valid', () => {
  const text = block('yaml', 'qwen-vs-aligned');
  const { config } = loadConfig(
    { file: 'README.md', text },
    {
      environment: { AZURE_OPENAI_API_KEY: 'made-up' },
    },
  );
  expect(config.models.map(({ variant }) => variant)).toEqual(['Vanilla', 'Aligned']);
});

test('every command stands in the README’s table', () => {
  const program = new Command();
  const output = { write: () => true };
  const terminal = { stdout: output, stderr: output, environment: {}, signals: process };
  for (const define of commands) define(program, { terminal, end: () => undefined });
  const names = program.commands.map((command) => command.name());
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !readme.includes(`| \`${name}`))).toEqual([]);
});

test('the README’s exit codes are those of the program', () => {
  const codes = [...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});
