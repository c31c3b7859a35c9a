import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from '@commander-js/extra-typings';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/cli/commands/index.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

/** As the program defines them: none can be missing here. */
const COMMANDS = (() => {
  const program = new Command();
  const output = { write: () => true };
  const terminal = { stdout: output, stderr: output, environment: {}, signals: process };
  for (const define of commands) define(program, { terminal, end: () => undefined });
  return program.commands.map((command) => command.name());
})();

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(() => here.remove());

test('the help lists every command with what it does, examples and exit codes', async () => {
  const { code, stdout, stderr } = await here.cli(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}[ |].*\\S`, 'm'));
  expect(stdout).toContain('Examples:');
  expect(stdout).toContain('Exit codes: 0 done');
});

test.each(COMMANDS)('%s has a help with a description and examples of its own', async (command) => {
  const { code, stdout, stderr } = await here.cli([command, '--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^Usage: care-judge ${command}[ |]`));
  expect(stdout).toMatch(new RegExp(`Examples:\\n  care-judge ${command}`));
});

test('prints its version', async () => {
  expect(await here.cli(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test.each([
  ['no command', [], 'Usage: care-judge'],
  ['an unknown command', ['rn'], "unknown command 'rn'\n(Did you mean run?)"],
  [
    'an unknown option',
    ['run', 'x', '--limt', '3'],
    "unknown option '--limt'\n(Did you mean --limit?)",
  ],
  ['a missing argument', ['run'], "missing required argument 'config'"],
  ['one argument too many', ['run', 'a', 'b'], 'too many arguments'],
  ['a limit of nothing', ['run', 'x', '--limit', '0'], 'must be a whole number of at least 1'],
  ['a limit that is no number', ['run', 'x', '--limit', 'ten'], 'must be a whole number'],
  ['rejudge without what to do', ['rejudge'], "required option '--reparse' not specified"],
  ['a config that is not there', ['run', '@gone.yaml'], 'HERE/gone.yaml: there is no such file'],
  ['a folder as config', ['validate', '@.'], 'is a directory'],
])('ends with 2 and a hint for %s', async (_what, argv, hint) => {
  const { code, stdout, stderr } = await here.cli(argv);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(hint);
  expect(here.files()).toEqual([]);
});

test('validate tells problems as JSON when asked', async () => {
  here.write('c.yaml', 'version: 2\n');
  const { code, stdout } = await here.cli(['validate', '@c.yaml', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    valid: false,
    problems: expect.arrayContaining([
      { file: 'HERE/c.yaml', line: 1, path: 'version', message: 'must be 1' },
    ]),
  });
});

test('init writes a config that can be checked and rehearsed as it is, and no second time', async () => {
  const written = await here.cli(['init', '@my.yaml']);
  expect(written).toMatchObject({ code: 0, stderr: '' });
  expect(here.files()).toEqual(['items/sample.jsonl', 'my.yaml']);
  const validated = await here.cli(['validate', '@my.yaml']);
  // The real endpoints need their variables, and nothing else is wrong.
  expect(validated.stderr.trimEnd().split('\n')).toEqual([
    expect.stringContaining('environment variable AZURE_OPENAI_ENDPOINT is not set'),
    expect.stringContaining('environment variable AZURE_OPENAI_API_KEY is not set'),
  ]);
  const rehearsed = await here.cli(['run', '@my.yaml', '--rehearse', '--db', '@s.sqlite']);
  expect(rehearsed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^my-first-run-/) });
  expect(here.files()).toEqual(['items/sample.jsonl', 'my.yaml', 's-rehearsal.sqlite']);
  here.write('my.yaml', 'mine');
  const again = await here.cli(['init', '@my.yaml']);
  expect(again).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'care-judge: HERE/my.yaml: exists already. Name another file, or write over it with --force.\n',
  });
  expect(here.read('my.yaml')).toBe('mine');
  expect((await here.cli(['init', '@my.yaml', '--force'])).code).toBe(0);
  expect(here.read('my.yaml')).toContain('version: 1');
});

test('the demo makes tables, and the second time no call', async () => {
  const demo = ['demo', '--db', '@demo.sqlite', '--out', '@out'];
  const first = await here.cli(demo);
  expect(first.code).toBe(0);
  expect(first.stdout).toContain('Simulated figures.');
  for (const word of ['Strong', 'Middling', 'Weak', 'Chinese', 'Arab', 'Japanese']) {
    expect(first.stdout).toContain(word);
  }
  expect(here.files()).toContain('out/summary.json');
  const second = await here.cli(demo);
  expect(second).toMatchObject({ code: 0, stdout: first.stdout });
  expect(second.stderr).toContain('Nothing to call');
});

test('simulate serves a config’s questions without its keys, until it is told to stop', async () => {
  await here.cli(['init', '@my.yaml']);
  const served = here.cli(['simulate', '--port', '0', '--config', '@my.yaml']);
  await expect.poll(() => here.signals.listenerCount('SIGINT')).toBe(1);
  here.signals.emit('SIGINT');
  const { code, stdout, stderr } = await served;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  expect(stderr).toContain('90 questions known');
  expect(here.signals.listenerCount('SIGINT')).toBe(0);
});

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });

test.each([[['--help']], [['run', '--help']], [['--version']], [['validate', 'gone.yaml']]])(
  '%j loads no client, no store and no chart library',
  (argv) => {
    const folder = mkdtempSync(join(tmpdir(), 'care-judge-modules-'));
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    spawnSync(process.execPath, [main, ...argv], { env: { NODE_V8_COVERAGE: folder } });
    const loaded = modulesIn(folder);
    rmSync(folder, { recursive: true });
    expect(loaded.some((url) => url.includes('/commander/'))).toBe(true);
    const heavy = /node_modules\/(?:openai|@azure|undici|better-sqlite3|vega|vega-lite|@resvg)\//;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
  },
);

test('a reader that closes the outputs early does not change the exit code', async () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const program = spawn(process.execPath, [main, 'report', '--db', here.path('gone.sqlite')]);
  program.stdout.destroy();
  program.stderr.destroy();
  const [code] = await once(program, 'exit');
  expect(code).toBe(2);
});

/** URLs of all scripts that a process ran, as V8 counted them. */
function modulesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const report = coverageSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return report.result.map(({ url }) => url);
  });
}
