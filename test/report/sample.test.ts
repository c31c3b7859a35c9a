import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SAMPLE, writeSample } from '../support/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-sample-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the sample in the repository is what the demo gives today, byte for byte (else: npm run sample)', async () => {
  await writeSample(folder);
  const committed = contents(SAMPLE);
  const made = contents(folder);
  expect([...made.keys()]).toEqual([...committed.keys()]);
  const differing = [...made].filter(([name, bytes]) => !committed.get(name)?.equals(bytes));
  expect(differing.map(([name]) => name)).toEqual([]);
});

function contents(root: string): Map<string, Buffer> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(root, name))]));
}
