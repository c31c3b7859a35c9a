import { EventEmitter } from 'node:events';
import { statSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { writeStore } from '../web/scene.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace | null = null;
afterEach(() => {
  here?.remove();
  here = null;
});

async function place(): Promise<{ readonly workplace: Workplace; readonly run: string }> {
  const workplace = makeWorkplace();
  here = workplace;
  return { workplace, run: await writeStore(workplace.path('store.sqlite')) };
}

test('view prints a link with a key, serves it, and ends with Ctrl-C', async () => {
  const { workplace, run } = await place();
  const printed = Promise.withResolvers<string>();
  const signals = new EventEmitter();
  const ended = runCli(['view', '--port', '0', '--db', workplace.path('store.sqlite')], {
    stdout: {
      write: (text: unknown) => {
        printed.resolve(String(text).trim());
        return true;
      },
    },
    stderr: { write: () => true },
    environment: {},
    signals,
  });
  const link = await printed.promise;
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
  const { origin } = new URL(link);
  expect((await fetch(origin)).status).toBe(403);
  const opened = await fetch(link);
  expect(await opened.text()).toContain('<div id="app">');
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const runs = await fetch(`${origin}/api/runs`, { headers: { cookie } });
  expect(await runs.json()).toEqual([{ id: run, name: 'look' }]);
  signals.emit('SIGINT');
  expect(await ended).toBe(0);
  await expect(fetch(link)).rejects.toThrow('fetch failed');
});

test('view --static says what it writes, and writes only that', async () => {
  const { workplace, run } = await place();
  const { code, stderr } = await workplace.cli([
    'view',
    '--db',
    '@store.sqlite',
    '--static',
    '@look',
  ]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(
      new RegExp(
        `^Writing all questions, references, answers, verdicts and human ratings of ${run}\\. .*\nWritten to HERE/look: index.html and 6 other files, 0\\.\\d MB\\.\n$`,
      ),
    ),
  });
  expect(workplace.files().filter((file) => file.startsWith('look/'))).toEqual([
    'look/data/answers-0-0.js',
    'look/data/beginnings-0-0.js',
    'look/data/index.js',
    'look/data/run-0.js',
    'look/index.html',
    'look/view.css',
    'look/view.js',
  ]);
  // The script is the whole viewer, the charts' libraries are not in it.
  expect(statSync(workplace.path('look/view.js')).size).toBeLessThan(400_000);
});

test.each([
  [['view', 'nobody'], 'has no run "nobody"'],
  [['view', '--static', '@look', 'nobody'], 'has no run "nobody"'],
  [['view', '--port', 'x'], 'must be a whole number'],
])('%j is refused: %s', async (argv, message) => {
  const { workplace } = await place();
  const { code, stderr } = await workplace.cli([...argv, '--db', '@store.sqlite']);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
