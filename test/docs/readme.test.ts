import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { expect, test } from 'vitest';
import { runSummarySchema } from '../../src/analyses/summary/schema.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { loadConfig } from '../../src/config/load.ts';
import { renderText } from '../../src/render/text/text.ts';
import { byCulture } from '../../src/report/tables/rating-tables.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The front page and its chapters, each in the folder that it is about. */
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'configs/README.md',
  'configs/items/README.md',
  'configs/paper/README.md',
  'configs/scale/README.md',
  'prompts/README.md',
  'prompts/judge/README.md',
  'reports/README.md',
  'results/README.md',
  'src/README.md',
];
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const readme = textOf('README.md');
const all = DOCUMENTS.map(textOf).join('\n');

function block(language: string, containing: string): string {
  const blocks = [...all.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  const found = blocks.find(([, tag, text]) => tag === language && text?.includes(containing));
  if (!found?.[2]) throw new Error(`the documents have no ${language} block with ${containing}`);
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

test.each(['name: my-checkpoint', 'name: qwen-vs-aligned'])(
  'the config with %s is valid',
  (name) => {
    const text = block('yaml', name);
    const { config } = loadConfig(
      { file: 'README.md', text },
      {
        environment: { AZURE_OPENAI_API_KEY: 'made-up' },
      },
    );
    expect(config.models.map(({ variant }) => variant)).toEqual(['Vanilla', 'Aligned']);
  },
);

function definedCommands(): readonly CommandUnknownOpts[] {
  const program = new Command();
  const output = { write: () => true };
  const terminal = { stdout: output, stderr: output, environment: {}, signals: process };
  for (const define of commands) define(program, { terminal, end: () => undefined });
  return program.commands;
}

test('every command is in the README’s table', () => {
  const names = definedCommands().map((command) => command.name());
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !readme.includes(`| \`${name}`))).toEqual([]);
});

test('every command line in a document names a command and flags that exist', () => {
  const known = new Map(
    definedCommands().flatMap((command) => {
      const flags = [command, ...command.commands].flatMap(({ options }) =>
        options.flatMap(({ long }) => long ?? []),
      );
      return [command.name(), ...command.aliases()].map((name) => [name, flags] as const);
    }),
  );
  const lines = DOCUMENTS.flatMap((file) =>
    [...textOf(file).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
      text.replace(/\\\n/g, ' ').split('\n'),
    ),
  ).flatMap((line) => [...line.matchAll(/(?:^|\s)care-judge ([a-z]+)([^#|&]*)/g)]);
  expect(lines.length).toBeGreaterThan(20);
  const wrong = lines.flatMap(([line, name = '', rest = '']) => {
    const flags = known.get(name);
    const used = [...rest.matchAll(/\s(--[a-z-]+)/g)].map(([, flag = '']) => flag);
    return flags && used.every((flag) => flags.includes(flag) || flag === '--help')
      ? []
      : [line.trim()];
  });
  expect(wrong).toEqual([]);
});

test.each(DOCUMENTS)('every link of %s leads somewhere', (file) => {
  const links = [...textOf(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)];
  const broken = links.flatMap(([, link = '']) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
    if (!existsSync(target)) return [link];
    if (anchor === undefined) return [];
    const page = statSync(target).isDirectory() ? join(target, 'README.md') : target;
    return anchorsOf(readFileSync(page, 'utf8')).includes(anchor) ? [] : [link];
  });
  expect(broken).toEqual([]);
});

/** As GitHub makes them: lower case, punctuation gone, blanks as hyphens. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
}

test('the front page shows what the demo prints', () => {
  const summary = runSummarySchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'reports/sample/summary.json'), 'utf8')),
  );
  const printed = renderText(byCulture(summary)).split('\n');
  const shown = block('text', 'Rating by culture').trimEnd().split('\n');
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((line) => !printed.includes(line))).toEqual([]);
});

test('the front page stays short', () => {
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(9 * 1024);
});

test('the README’s exit codes are those of the program', () => {
  const codes = [...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});
