import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const OTHER = process.env['CARE_JUDGE_OTHER_NODE'];
const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const CONFIG = fileURLToPath(new URL('../../configs/demo.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'care-judge-nodes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (OTHER === undefined)
  process.stderr.write(
    'Two Node versions are not compared: set CARE_JUDGE_OTHER_NODE to another node, for example of version 22.\n',
  );

test.skipIf(OTHER === undefined)(
  'another Node version gives the same report and comparison, byte for byte',
  async () => {
    const [own, other] = await Promise.all([
      filesOf(process.execPath, 'own'),
      filesOf(OTHER ?? '', 'other'),
    ]);
    expect(own.size).toBeGreaterThan(30);
    expect([...other.keys()]).toEqual([...own.keys()]);
    const differing = [...own].filter(([name, bytes]) => !other.get(name)?.equals(bytes));
    expect(differing.map(([name]) => name)).toEqual([]);
  },
);

/** Everything that a node writes of the demo: the run, its report and all pairs of a style. */
async function filesOf(node: string, name: string): Promise<ReadonlyMap<string, Buffer>> {
  const db = join(folder, `${name}.sqlite`);
  const out = join(folder, name);
  const program = (...argv: string[]) =>
    promisify(execFile)(node, [PROGRAM, ...argv, '--db', db], { maxBuffer: 1e8 });
  await program('run', CONFIG);
  await program('report', '--omit-sessions', '--out', out);
  await program('compare', ':@zero-shot', '--out', join(out, 'pairs.html'));
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [file.slice(out.length + 1), readFileSync(file)]));
}
