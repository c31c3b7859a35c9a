import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareStored } from '../../src/analyses/comparison/read.ts';
import { withStore } from '../../src/cli/context.ts';
import { orderBy } from '../../src/web/answers/order.ts';
import { readQuery, STATUSES, writeQuery } from '../../src/web/answers/query.ts';
import { type OpenView, openView, writeStore } from './scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-view-'));
const db = join(folder, 'store.sqlite');
let open: OpenView | null = null;
let run = '';

beforeAll(async () => {
  run = await writeStore(db);
  open = await openView(db);
});
afterAll(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

function view() {
  if (open === null) throw new Error('the view is not open');
  return open.view;
}

/** Item ids with the first letter of the model, in the order of the list. */
async function listed(parameters: string): Promise<string[]> {
  const { answers } = await view().list(run, readQuery(new URLSearchParams(parameters)));
  return answers.map(({ item, model }) => `${item} ${model[0]}`);
}

test('without a filter every answer is listed in the order of the plan, with both judges', async () => {
  const page = await view().list(run, readQuery(new URLSearchParams()));
  expect(page).toMatchObject({ total: 12, of: 12, page: 1, pages: 1, searched: 1 });
  expect(page.answers[0]).toMatchObject({
    item: 'zh-1',
    model: 'Strong',
    question: '端午节为什么要吃粽子？',
    answer: '为了纪念屈原，人们吃粽子。',
    // (9 + 8) / 2.
    rating: 8.5,
    byJudge: [
      { judge: 'Judge A', ratings: [9] },
      { judge: 'Judge B', ratings: [8] },
    ],
    statuses: ['rated'],
  });
});

test.each([
  ['model=Weak+(Vanilla)&culture=Arab', ['ar-1 W', 'ar-2 W', 'ar-3 W']],
  ['category=Literacy&scope=Nationwide', ['zh-3 S', 'zh-3 W', 'ar-3 S', 'ar-3 W']],
  ['scope=&language=zh', ['zh-2 S', 'zh-2 W']],
  ['status=truncated', ['zh-3 W']],
  ['status=suspect', ['ar-2 W']],
  ['status=judgment_unparsed', ['ar-3 S']],
  // Means of both judges: Weak zh-2 (8 + 5) / 2 = 6.5, ar-3 (10 + 7) / 2 = 8.5.
  ['model=Weak+(Vanilla)&rating=6-9', ['zh-2 W', 'ar-3 W']],
  // Judge A alone.
  ['model=Weak+(Vanilla)&rating=8-10&judge=Judge+A', ['zh-2 W', 'ar-3 W']],
  // Judges lie 1 apart on Strong, 3 on Weak but where 1 is the floor: ar-1 2 and 1, zh-3 and ar-2 3 and 1.
  ['apart=judges-3', ['zh-1 W', 'zh-2 W', 'ar-3 W']],
  ['apart=people-1', []],
  ['sort=-rating&model=Strong', ['zh-1 S', 'ar-1 S', 'zh-2 S', 'zh-3 S', 'ar-3 S', 'ar-2 S']],
  ['sort=rating&model=Strong', ['ar-2 S', 'ar-3 S', 'zh-3 S', 'zh-2 S', 'zh-1 S', 'ar-1 S']],
  ['sort=length&culture=Arab&model=Strong', ['ar-2 S', 'ar-3 S', 'ar-1 S']],
  ['model=Nobody', []],
])('%s lists %j', async (parameters, expected) => {
  expect(await listed(parameters)).toEqual(expected);
});

test.each([
  // A word of two Chinese characters, in questions, references and answers.
  ['q=屈原', ['zh-1 S', 'zh-1 W']],
  ['q=屈原&in=answer', ['zh-1 S']],
  ['q=李白', ['zh-3 S', 'zh-3 W']],
  ['q=春联 福字', ['zh-2 S', 'zh-2 W']],
  // Written without the short vowels that the answer has.
  ['q=القهوة&in=answer', ['ar-1 S']],
  ['q=cannot SAY', ['ar-3 S']],
  ['q="verdict of b"&in=verdict&culture=Arab&model=Strong', ['ar-1 S', 'ar-2 S']],
  // Full-width digits and letters.
  ['q=ｒａｔｉｎｇ&in=answer', ['ar-2 W']],
  ['q=ar-2&in=question', ['ar-2 S', 'ar-2 W']],
])('the search %s finds %j', async (parameters, expected) => {
  expect(await listed(parameters)).toEqual(expected);
});

test('every choice is counted as it would show, all other filters as they are', async () => {
  const { tallies } = await view().list(
    run,
    readQuery(new URLSearchParams('model=Strong&culture=Arab&status=rated')),
  );
  // Models under Arab: 3 each; cultures under Strong: 3 each. Both are rated by a judge at least.
  expect(tallies.model).toEqual([3, 3]);
  expect(tallies.culture).toEqual([3, 3]);
  expect(tallies.category).toEqual([2, 1]);
  expect(tallies.status[STATUSES.indexOf('judgment_unparsed')]).toBe(1);
});

test('an address and its query are the same thing', () => {
  const address =
    'model=A%2FB&judge=J&status=suspect&rating=2-5&apart=trials-1.5&q=%E5%B1%88&in=answer&sort=-length&page=3&side=x&side=y&show=lost';
  const query = readQuery(new URLSearchParams(address));
  expect(readQuery(writeQuery(query))).toEqual(query);
  expect(writeQuery(readQuery(new URLSearchParams('nonsense=1&sort=bad&page=-2'))).toString()).toBe(
    '',
  );
});

test('two series stand next to each other with the figures that compare has', async () => {
  const parameters = 'side=Strong+@+zero-shot&side=Weak+(Vanilla)+@+zero-shot&sort=difference';
  const pairs = await view().pairs(run, readQuery(new URLSearchParams(parameters)));
  // By the first judge: 9-5, 8-8, 7-3, 9-2, 4-3, 6-10.
  expect(pairs.pairs.map(({ item, difference }) => [item, difference])).toEqual([
    ['ar-3', -4],
    ['zh-2', 0],
    ['ar-2', 1],
    ['zh-1', 4],
    ['zh-3', 4],
    ['ar-1', 7],
  ]);
  const { set } = await withStore(db, (archive) =>
    compareStored(archive, { selectors: [':Strong%Judge A', ':Weak%Judge A'] }),
  );
  const total = set.comparisons[0]?.rows[0];
  expect(total?.n).toBe(6);
  expect(pairs.figures).toMatchObject([
    {
      difference: total?.difference,
      low: total?.low,
      high: total?.high,
      // All 2^6 sign-flips in both.
      p: total?.p,
      wins: 4,
      ties: 1,
      losses: 1,
      n: 6,
    },
  ]);
});

test.each([
  ['differ', ['zh-1', 'zh-3', 'ar-1', 'ar-2', 'ar-3']],
  ['gained', ['zh-1', 'zh-3', 'ar-1', 'ar-2']],
  ['lost', ['ar-3']],
  ['low', ['ar-2']],
])('of two series, the questions shown as %s', async (show, expected) => {
  const parameters = `side=Strong+@+zero-shot&side=Weak+(Vanilla)+@+zero-shot&show=${show}`;
  const { pairs, of } = await view().pairs(run, readQuery(new URLSearchParams(parameters)));
  expect(pairs.map(({ item }) => item)).toEqual(expected);
  expect(of).toBe(6);
});

test('the figures above the pairs follow the filter', async () => {
  const parameters = 'side=Strong+@+zero-shot&side=Weak+(Vanilla)+@+zero-shot&culture=Chinese';
  const { figures, of } = await view().pairs(run, readQuery(new URLSearchParams(parameters)));
  expect(of).toBe(3);
  // (4 + 0 + 4) / 3.
  expect(figures).toMatchObject([{ n: 3, difference: 8 / 3 }]);
});

test('an answer has its neighbours in the list it was opened from', async () => {
  const query = readQuery(new URLSearchParams('model=Strong&sort=-rating'));
  const { answers } = await view().list(run, query);
  const [first, second, third] = answers;
  const opened = await view().answer(run, second?.id ?? -1, query);
  expect(opened).toMatchObject({ place: 1, total: 6, previous: first?.id, next: third?.id });
  expect(opened?.others.map(({ model, rating }) => [model, rating])).toEqual([
    ['Strong', 8.5],
    ['Weak (Vanilla)', 1.5],
  ]);
  expect(await view().answer(run, 4711, query)).toBeNull();
});

test('values are ordered both ways, equal ones as they were, those without a value last', () => {
  const values = Float64Array.of(3, Number.NaN, -1, 10, 0, 3, 2.5, -0.5);
  expect([...orderBy(values, false)]).toEqual([2, 7, 4, 6, 0, 5, 3, 1]);
  expect([...orderBy(values, true)]).toEqual([3, 0, 5, 6, 4, 7, 2, 1]);
});
