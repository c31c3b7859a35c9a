import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { makeAnchors } from '../../../src/analyses/drift/anchors.ts';
import { presentJudgeCards } from '../../../src/analyses/judge-card/present.ts';
import {
  type JudgeCard,
  judgeCardSchema,
  type Use,
} from '../../../src/analyses/judge-card/schema.ts';
import { withStore } from '../../../src/cli/context.ts';
import {
  audit as auditJudge,
  importRatings,
  type JudgeCards,
  judgeCards,
} from '../../../src/index.ts';
import { renderBlocks } from '../../../src/render/html/blocks.ts';
import { renderDocumentText } from '../../../src/render/text/document.ts';
import { judgeCardFiles } from '../../../src/report/judge-cards.ts';
import { runConfig } from '../../../src/run/run.ts';
import { runSelector } from '../../../src/series/names/resolve-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-card-'));
const db = join(folder, 'store.sqlite');

/** A judge that favours its family by a point and Arab answers by another, beside a plain one. */
async function run(name: string, { drift = '', more = '', models = ['kin', 'other'] } = {}) {
  const config = join(folder, `${name}.yaml`);
  writeFileSync(
    config,
    `version: 1
name: ${name}
items: [{ file: ${resolve('configs/items/sample.jsonl')} }]
endpoints:
  sim:
    kind: simulated
    families: { ${models[0]}-50: acme }
    judges:
      plain: { noise: 0.2 }
      judge: { noise: 0.4, family: acme, selfPreference: 1, cultures: { Arab: { bias: 1 } }${drift} }
models:
  - { name: Kin, family: acme, endpoint: sim, model: ${models[0]}-50 }
  - { name: Other, family: other, endpoint: sim, model: ${models[1]}-50 }
judges:
  - { name: Judge, family: acme, endpoint: sim, model: judge, expectedRating: true }
  - { name: Plain, family: plain, endpoint: sim, model: plain, verdict: json }
juries: [{ name: Both, judges: [Judge, Plain] }]
trials: { judgments: 2 }
${more}`,
  );
  return { config, id: (await runConfig({ config, db, environment: {} })).runId };
}

/** Two people: one rates as the plain judge does, the other a point away. */
async function ratingsByPeople(id: string): Promise<void> {
  const archive = openRunArchive(db);
  const rows = [...archive.ratings(id)].filter(
    (row) => row['judge'] === 'Plain' && row['judgment_trial'] === 0,
  );
  archive.close();
  const lines = rows.flatMap((row, index) => {
    const rating = Number(row['rating']);
    const other = rating === 1 || (index % 2 === 0 && rating < 10) ? rating + 1 : rating - 1;
    const { item, model } = row;
    return [
      { item, model, rater: 'A', rating },
      { item, model, rater: 'B', rating: other },
    ].map((line) => JSON.stringify(line));
  });
  const file = join(folder, 'people.jsonl');
  writeFileSync(file, lines.join('\n'));
  await importRatings({ db, file, run: id });
}

let cards: readonly JudgeCard[];
let found: JudgeCards;
beforeAll(async () => {
  const first = await run('first');
  const anchors = join(folder, 'anchors.jsonl');
  await withStore(db, (archive) =>
    makeAnchors(archive, { run: runSelector(first.id), file: anchors, size: 60, seed: 1 }),
  );
  const { config, id } = await run('later', {
    drift: ', drift: { bias: 0.8, announcedAs: judge-2 }',
    more: 'anchors: { file: anchors.jsonl }',
    models: ['cousin', 'another'],
  });
  const audit = { db, config, judge: 'Judge', run: id, sample: 30, seed: 0 };
  await auditJudge({ ...audit, environment: {}, confirmed: true });
  await ratingsByPeople(id);
  found = judgeCards({ db, runs: [] });
  ({ cards } = found);
}, 90_000);
afterAll(() => rmSync(folder, { recursive: true }));

const card = (name: string) => {
  const found = cards.find(({ judge }) => judge.name === name);
  if (!found) throw new Error(`no card of ${name}`);
  return found;
};
const use = (name: string, wanted: Use) => card(name).uses.find((entry) => entry.use === wanted);

describe('the card of a judge with known faults', () => {
  it('allows comparisons within a culture only beyond the point that it gives its family', () => {
    const within = use('Judge', 'within-culture');
    expect(within?.may).toBe('yes');
    expect(within?.because).toMatch(/kinder to Kin than to Other/u);
    expect(within?.least).toBeGreaterThan(1);
    // A point, and what 30 questions a culture leave open.
    expect(within?.least).toBeLessThan(2);
    expect(use('Plain', 'within-culture')?.least).toBeLessThan(0.7);
  });

  it('refuses what its biases forbid, and says which they are', () => {
    expect(use('Judge', 'across-cultures')).toMatchObject({
      may: 'no',
      because: expect.stringMatching(/rates Arab [01]\.\d\d higher than /u),
    });
    expect(use('Judge', 'over-time')?.may).toBe('no');
    expect(use('Judge', 'single-answers')?.may).toBe('no');
    expect(use('Judge', 'other-judges')).toMatchObject({
      may: 'no',
      because: expect.stringMatching(/higher than Plain \(Arab\)/u),
    });
    expect(card('Judge').cautions.join('\n')).toMatch(
      /answers of its own family [01]\.\d\d higher\.[\s\S]*another model or fingerprint when its anchors/u,
    );
  });

  it('lets a plain judge beside it pass, from a difference on', () => {
    expect(use('Plain', 'across-cultures')?.may).toBe('yes');
    expect(use('Plain', 'over-time')?.may).toBe('yes');
    expect(card('Plain').audits).toEqual([]);
    expect(card('Plain').unmeasured.map(({ measure }) => measure)).toContain(
      `care-judge audit 'Plain' ${card('Plain').runs[0]} --config CONFIG`,
    );
  });

  it('holds everything that was measured', () => {
    const { components, juries, expected, drift, audits, bridges, errors, people } = card('Judge');
    expect(juries).toEqual([{ jury: 'Both', judges: ['Judge', 'Plain'], aggregate: 'mean' }]);
    expect(components).toHaveLength(2);
    expect(expected).toHaveLength(2);
    expect(drift.map(({ state }) => state)).toEqual(['shifted']);
    expect(audits).toHaveLength(1);
    expect(bridges.map(({ old }) => old.name)).toEqual(['Plain']);
    // Two models in three cultures.
    expect(errors).toHaveLength(6);
    // The two people are always a point apart.
    expect(people?.value).toBeCloseTo(1, 10);
  });

  it('is shown on a page, as Markdown and in a terminal, audit and all', () => {
    const section = renderBlocks(presentJudgeCards(cards, null))
      .map(({ markup }) => markup)
      .join('');
    for (const text of ['What its ratings may be used for', 'Audit of', 'Preference for its own'])
      expect(section).toContain(text);
    const [markdown] = judgeCardFiles(found);
    expect(markdown?.content).toMatch(/^> \*\*Simulated\.\*\*/mu);
    expect(markdown?.content).toContain('| Comparing cultures | no | held against people');
    const text = renderDocumentText(presentJudgeCards(cards, found.simulated), 80);
    expect(text).toMatch(/^Judge card: Plain, in later-/mu);
  });

  it('keeps the form that its schema promises', () => {
    const written = JSON.parse(judgeCardFiles(found)[1]?.content ?? '');
    expect(z.array(judgeCardSchema).parse(written.cards)).toEqual(cards);
  });
});
