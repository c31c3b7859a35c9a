import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorkplace, type Workplace } from '../cli/workplace.ts';

const CONFIG = fileURLToPath(new URL('../../configs/demo.yaml', import.meta.url));
const SHARDS = 8;
const shards = Array.from({ length: SHARDS }, (_, index) => `shard-${index + 1}.sqlite`);

let here: Workplace;
beforeAll(async () => {
  here = makeWorkplace();
  const run = (db: string, ...more: string[]) =>
    here.cli(['run', CONFIG, '--limit', '24', '--db', `@${db}`, ...more]);
  const codes = [await run('whole.sqlite')].map(({ code }) => code);
  for (const [index, db] of shards.entries()) {
    codes.push((await run(db, '--shard', `${index + 1}/${SHARDS}`)).code);
  }
  expect(new Set(codes)).toEqual(new Set([0]));
});
afterAll(() => here.remove());

const merge = (out: string, sources: readonly string[], ...flags: string[]) =>
  here.cli(['merge', `@${out}`, ...sources.map((name) => `@${name}`), ...flags]);

const summary = async (db: string) => {
  const { code, stdout } = await here.cli(['report', '--json', '--db', `@${db}`]);
  expect(code).toBe(0);
  return stdout;
};

test('eight merged shards give the unsharded store’s summary, byte for byte', async () => {
  const merged = await merge('merged.sqlite', shards.toReversed());
  expect(merged.code).toBe(0);
  expect(merged.stdout).toMatch(/216 ratings of 216, none missing/);
  const figures = await summary('merged.sqlite');
  expect(figures).toBe(await summary('whole.sqlite'));
  expect(JSON.parse(figures)).toMatchObject({ planned: 216, rated: 216, questions: 24 });
});

test('with a shard missing it ends with 3 and says how many calls; the run is completed from there', async () => {
  const merged = await merge('part.sqlite', shards.slice(1), '--json');
  const { runs } = JSON.parse(merged.stdout);
  expect([merged.code, runs[0].open > 0, runs[0].open]).toEqual([
    3,
    true,
    2 * (216 - runs[0].rated),
  ]);
  const text = await merge('part.sqlite', shards.slice(1));
  expect(text.stdout).toContain(`${runs[0].open} planned calls missing`);
  const more = ['--limit', '24', '--db', '@part.sqlite', '--json'];
  const rest = await here.cli(['run', CONFIG, ...more]);
  expect(JSON.parse(rest.stdout)).toMatchObject({ calls: runs[0].open, missing: 0 });
  expect((await merge('part.sqlite', ['shard-1.sqlite'])).code).toBe(0);
});

test('what it did is a table by store; conflicts are named', async () => {
  await here.cli(['run', CONFIG, '--limit', '4', '--db', '@twice.sqlite']);
  await here.cli(['run', CONFIG, '--limit', '4', '--db', '@once.sqlite']);
  const { stdout } = await merge('both.sqlite', ['twice.sqlite', 'once.sqlite']);
  // 4 questions × 3 models × 3 styles, answered twice.
  expect(stdout).toMatch(/once\.sqlite +0 +0 +36 +0 +0 +0/);
  expect(stdout).toContain('and 26 more');
  expect(stdout).toContain('36 judgments of answers that were not kept are dropped.');
  expect(stdout).toMatch(
    /answer of Middling, chain-of-thought, \S+: kept, not that of\s+HERE\/once/,
  );
});
