import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRunArchive } from '../../src/adapters/sqlite/read/run-archive.ts';
import { withStore } from '../../src/cli/context.ts';
import type { Item } from '../../src/domain/item.ts';
import { summarize, writeReport } from '../../src/index.ts';
import { readReportSource } from '../../src/report/read.ts';
import { type RunShape, rated, storeRun } from '../support/stored-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-report-'));
const db = join(folder, 'store.sqlite');
let first = '';
let second = '';

const items = ['Chinese', 'Arab'].flatMap((culture) =>
  Array.from(
    { length: 4 },
    (_, index): Item => ({
      id: `${culture}-${index}`,
      question: `${culture} question ${index}`,
      reference: 'reference',
      culture,
      language: culture === 'Arab' ? 'ar' : 'zh',
      category: 'Opinion',
      scope: null,
      association: null,
      cluster: null,
    }),
  ),
);
const shape: RunShape = {
  name: 'first',
  models: [{ name: 'A' }, { name: 'B' }],
  styles: ['zero-shot'],
  judges: ['J', 'K'],
  items,
  provenance: { config: { version: 1, name: 'first', select: { seed: 7 } } },
  answer: () => ({ status: 'completed', text: 'answer', reasoning: null }),
};

beforeAll(async () => {
  // A: 8 by J and 6 by K; B: 5 by both; Chinese-0 of B has no rating by K.
  first = await storeRun(db, shape, ({ item, model, judge }) => {
    if (model === 1 && judge === 1 && item.id === 'Chinese-0') {
      return { status: 'unparsed', cause: 'no-rating', text: 'Hm.', reasoning: null };
    }
    if (model === 1) return rated(5);
    return rated(judge === 0 ? 8 : 6);
  });
  const other = {
    ...shape,
    name: 'second',
    models: [{ name: 'A' }, { name: 'C' }],
    judges: ['J'],
    provenance: { config: { version: 1, name: 'second', select: { seed: 8 } } },
  };
  second = await storeRun(db, other, () => rated(3));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('ratings are counted by model, judge and culture', () => {
  const archive = openRunArchive(db);
  const tallies = archive.ratingTallies(first);
  archive.close();
  expect(tallies).toContainEqual({
    model: 0,
    style: 0,
    judge: 0,
    culture: 'Arab',
    rating: 8,
    count: 4,
  });
  expect(tallies).toContainEqual({
    model: 1,
    style: 0,
    judge: 1,
    culture: 'Chinese',
    rating: 5,
    count: 3,
  });
  // 2 models × 2 judges × 8 questions, one without a rating.
  expect(tallies.reduce((sum, { count }) => sum + count, 0)).toBe(31);
});

test('examples come with question, answer, verdict and labels', async () => {
  const { examples } = await withStore(db, (archive) => readReportSource(archive, [first]));
  const disagreed = examples.filter(({ rule }) => rule === 'disagreed');
  // Every question of A: 8 by J, 6 by K.
  expect(disagreed).toHaveLength(8);
  expect(
    disagreed[0]?.judged.map(({ model, judge, answer }) => [model, judge, answer.outcome.rating]),
  ).toEqual([
    ['A', 'J', 8],
    ['A', 'K', 6],
  ]);
  const [missing] = examples.filter(({ rule }) => rule === 'missing');
  expect(missing).toMatchObject({
    reason: 'judgment_unparsed',
    judged: [
      {
        model: 'B',
        style: 'zero-shot',
        judge: 'K',
        answer: {
          item: items[0],
          answer: 'answer',
          verdict: 'Hm.',
          verdictDetail: { cause: 'no-rating' },
        },
      },
    ],
  });
});

test('the same store gives the same bytes twice', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await writeReport({ db, runs: [first], out: one });
  await writeReport({ db, runs: [first], out: two });
  const names = readdirSync(one, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
  expect(names).toContain('report.html');
  expect(names).toContain(join('charts', 'by-culture.png'));
  for (const name of names) {
    expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name))), name).toBe(true);
  }
});

test('two runs are one summary: shared names are told apart, judges that are the same are shared', () => {
  const { estimates, questions, planned } = summarize(db, first, second);
  const whole = estimates.filter(({ by }) => Object.keys(by).length === 0);
  expect(whole.map(({ model, judge, estimate }) => [model, judge, estimate.value])).toEqual([
    ['A · first', 'J', 8],
    ['A · first', 'K', 6],
    ['B', 'J', 5],
    ['B', 'K', 5],
    ['A · second', 'J', 3],
    ['C', 'J', 3],
  ]);
  expect({ questions, planned }).toEqual({ questions: 8, planned: 48 });
});

test('a page of two runs begins with what differs between their settings', async () => {
  const out = join(folder, 'both');
  await writeReport({ db, runs: [first, second], out });
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const main = page.slice(page.indexOf('<main'));
  expect(main.indexOf('What differs between the runs')).toBeGreaterThan(0);
  expect(main.indexOf('What differs between the runs')).toBeLessThan(
    main.indexOf('Ratings by culture'),
  );
  const table = main.slice(main.indexOf('table-differences'), main.indexOf('</table>'));
  expect(table).toMatch(
    /config\.select\.seed<\/bdi><\/th><td><code><bdi>7<\/bdi><\/code><\/td\s*><td><code><bdi>8</,
  );
  expect(table).not.toContain('config.version');
});

test('a page without sessions says so in their place', async () => {
  const out = join(folder, 'omitted');
  await writeReport({ db, runs: [first], out, omitSessions: true });
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  expect(page).toContain('left out on request');
  expect(page).not.toContain('linux x64');
});
