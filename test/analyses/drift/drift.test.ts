import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareInStore } from '../../../src/analyses/comparison/read.ts';
import { makeAnchors } from '../../../src/analyses/drift/anchors.ts';
import { driftInStore } from '../../../src/analyses/drift/read.ts';
import { driftSentences } from '../../../src/analyses/drift/sentences.ts';
import { presentGate } from '../../../src/analyses/gate/present.ts';
import { runGate } from '../../../src/analyses/gate/read.ts';
import { anchorSchema } from '../../../src/domain/anchor.ts';
import { renderDocumentText } from '../../../src/render/text/document.ts';
import { dryRun } from '../../../src/run/dry-run.ts';
import { runConfig } from '../../../src/run/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-drift-'));
const db = join(folder, 'store.sqlite');
const runs = new Map<string, string>();

/** A run of the bundled sample; `judge` says what the one simulated judge is like by then. */
async function run(name: string, { model = 'simulated-60', judge = '{}', more = '' } = {}) {
  const config = join(folder, `${name}.yaml`);
  writeFileSync(
    config,
    `version: 1
name: ${name}
items: [{ file: ${resolve('configs/items/sample.jsonl')} }]
endpoints: { sim: { kind: simulated, judges: { judge: ${judge} } } }
models: [{ name: M, endpoint: sim, model: ${model} }]
judges: [{ name: Judge, endpoint: sim, model: judge }]
trials: { judgments: 2 }
${more}`,
  );
  const result = await runConfig({ config, db, environment: {} });
  runs.set(name, result.runId);
  return result;
}
const id = (name: string) => runs.get(name) ?? '';
const anchors = 'anchors: { file: anchors.jsonl }';

beforeAll(async () => {
  await run('frozen', { judge: '{ noise: 0.4 }' });
  await makeAnchors({ db, run: '', file: join(folder, 'anchors.jsonl'), size: 75, seed: 1 });
  await run('same', { model: 'simulated-55', judge: '{ noise: 0.4 }', more: anchors });
  await run('later', {
    model: 'simulated-50',
    judge: '{ noise: 0.4, drift: { bias: 0, cultures: { Arab: 1 }, announcedAs: judge-2 } }',
    more: anchors,
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('freezes answers of all cultures and score bands, with ratings they were not chosen by', () => {
  const lines = readFileSync(join(folder, 'anchors.jsonl'), 'utf8').trim().split('\n');
  const frozen = lines.map((line) => anchorSchema.parse(JSON.parse(line)));
  expect(frozen).toHaveLength(75);
  const ofCulture = (name: string) => frozen.filter(({ culture }) => culture === name).length;
  for (const culture of ['Arab', 'Chinese', 'Japanese'])
    expect(ofCulture(culture)).toBeGreaterThanOrEqual(20);
  expect(frozen.every(({ ratings }) => ratings[0]?.judgings === 1)).toBe(true);
});

it('adds a call an anchor to a run, and none to its figures or to a second execution', async () => {
  const again = await run('same', {
    model: 'simulated-55',
    judge: '{ noise: 0.4 }',
    more: anchors,
  });
  expect(again.calls).toBe(0);
  expect(again.planned).toBe(180);
  expect(driftInStore(db, id('same'))[0]).toMatchObject({ anchors: 75, rated: 75 });
});

it('calls a judge steady that has not changed', () => {
  const [drift] = driftInStore(db, id('same'));
  expect(drift?.state).toBe('steady');
  expect(drift?.sameServed).toBe(true);
});

it('finds the culture that a judge drifted in, within its interval', () => {
  const [drift] = driftInStore(db, id('later'));
  expect(drift?.state).toBe('shifted');
  const arab = drift?.rows.find(({ culture }) => culture === 'Arab');
  expect(arab?.shift.low).toBeLessThan(1);
  expect(arab?.shift.high).toBeGreaterThan(0.8);
  expect(arab?.adjusted).toBeLessThan(0.01);
  const chinese = drift?.rows.find(({ culture }) => culture === 'Chinese');
  expect(chinese?.shift.low).toBeLessThan(0);
  expect(chinese?.shift.high).toBeGreaterThan(0);
  const sentences = drift ? driftSentences(drift) : [];
  expect(sentences.map(({ text }) => text).join('\n')).toMatch(
    /has drifted since[\s\S]*Arab \+[\s\S]*named simulated:judge-2, and simulated:judge when/u,
  );
});

it('refuses to compare across a drift, unless told to', () => {
  const selectors = [id('later'), id('same')];
  expect(() => compareInStore({ db, selectors })).toThrow(/Judge drifted between the two runs/u);
  expect(compareInStore({ db, selectors, bridge: true }).comparisons).toHaveLength(1);
  expect(compareInStore({ db, selectors: [id('same'), id('frozen')] }).comparisons).toHaveLength(1);
});

it('makes a gate inconclusive across a drift, with its reason', async () => {
  const request = { db, baseline: id('same'), environment: {} };
  const gate = async (bridge: boolean) =>
    await runGate({ ...request, candidate: id('later'), bridge });
  const { verdict, policy } = await gate(false);
  expect(verdict.verdict).toBe('inconclusive');
  expect(verdict.drift).toMatchObject([{ judge: 'Judge', shifted: true, by: 'both' }]);
  expect(renderDocumentText(presentGate(verdict, policy), 1000)).toMatch(
    /^INCONCLUSIVE: a difference may be the judge’s[\s\S]*Judge Judge drifted between/u,
  );
  expect((await gate(true)).verdict.drift[0]?.status).toBe('pass');
});

it('refuses anchors that were rated with another rubric', async () => {
  const rubric = resolve('prompts/judge/literacy.hbs');
  const more = `${anchors}\nrubrics: { Literacy: ${rubric}, Opinion: ${rubric}, Cultural entities: ${rubric}, Social norms: ${rubric}, Cultural commonsense: ${rubric} }`;
  await expect(run('other-rubric', { more })).rejects.toThrow(/another rubric than the config’s/u);
});

it('counts the anchors’ calls before a run, and those that the store has', async () => {
  const [, judge] = await dryRun({ config: join(folder, 'same.yaml'), environment: {}, db });
  // 90 answers judged twice, and 75 anchors; all of it is there.
  expect(judge).toMatchObject({ calls: 255, left: { calls: 0 } });
});
