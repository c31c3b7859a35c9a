import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { type ItemSelection, itemSelectionSchema } from '../../src/domain/item-selection.ts';
import { scanItems, streamItems } from '../../src/items/select.ts';
import type { RowReader } from '../../src/ports/rows.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Twelve items: two cultures, two categories, three items a cell, i1 to i12. */
const cells = [
  { culture: 'Chinese', language: 'zh', category: 'Opinion' },
  { culture: 'Chinese', language: 'zh', category: 'Literacy' },
  { culture: 'Arab', language: 'ar', category: 'Opinion' },
  { culture: 'Arab', language: 'ar', category: 'Literacy' },
];
const twelve: readonly Fields[] = cells.flatMap((cell, index) =>
  [1, 2, 3].map((k) => {
    const n = index * 3 + k;
    const texts = { question: `Question ${n}?`, reference: `Answer ${n}.` };
    return { id: `i${n}`, ...texts, ...cell, scope: 'Nationwide' };
  }),
);

/** Files in memory: the records of each, one a line. */
function readerOf(files: Readonly<Record<string, readonly Fields[]>>): RowReader {
  return async function* (file) {
    const records = files[file];
    if (records === undefined) throw new InputError([{ file, message: 'there is no such file' }]);
    for (const [index, fields] of records.entries()) yield { line: index + 1, fields };
  };
}

async function scan(
  files: Readonly<Record<string, readonly Fields[]>>,
  selection: Partial<ItemSelection> = {},
) {
  const sources = Object.keys(files).map((file) => ({ file }));
  const reader = readerOf(files);
  const found = await scanItems(sources, itemSelectionSchema.parse(selection), reader);
  const ids: string[] = [];
  for await (const item of streamItems(found, sources, reader)) ids.push(item.id);
  return { ...found, ids };
}

describe('drawing items', () => {
  // Expected ids from Python: an item's key is sha256 of its sorted compact JSON without the id, its
  // rank sha256 of '[seed,"key"]'; the least ranks are taken.
  it.each([
    [{ limit: 4, seed: 7 }, ['i2', 'i4', 'i11', 'i12']],
    [{ limit: 4, seed: 8 }, ['i1', 'i3', 'i8', 'i9']],
    [{ perCell: 1, seed: 7 }, ['i2', 'i4', 'i8', 'i12']],
    [{ perCell: 1, seed: 8 }, ['i3', 'i5', 'i8', 'i10']],
    [{ perCell: 2, limit: 3, seed: 7 }, ['i2', 'i4', 'i12']],
  ])('takes the same items for %o on every machine', async (selection, ids) => {
    const found = await scan({ a: twelve }, selection);
    expect(found).toMatchObject({ problems: [], total: 12, selectedCount: ids.length, ids });
  });

  it('takes the same items whatever their order and their files', async () => {
    const selection = { perCell: 2, limit: 5, seed: 3 };
    const expected = await scan({ a: twelve }, selection);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...twelve], { minLength: 12 }),
        fc.nat({ max: 12 }),
        async (shuffled, cut) => {
          const files = { a: shuffled.slice(0, cut), b: shuffled.slice(cut) };
          const found = await scan(files, selection);
          expect(new Set(found.ids)).toEqual(new Set(expected.ids));
          expect(found.fingerprint).toBe(expected.fingerprint);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });

  it('keeps every item of a smaller limit in a larger one', async () => {
    let smaller: string[] = [];
    for (let limit = 1; limit <= 12; limit += 1) {
      const { ids } = await scan({ a: twelve }, { limit, seed: 5 });
      expect(ids).toHaveLength(limit);
      expect(ids).toEqual(expect.arrayContaining(smaller));
      smaller = ids;
    }
  });

  it('gives the items in source order', async () => {
    const reversed = twelve.toReversed();
    const { ids } = await scan({ a: reversed }, { limit: 6 });
    const order = reversed.map(({ id }) => id);
    expect(ids).toEqual(order.filter((id) => ids.includes(String(id))));
    expect((await scan({ a: reversed })).ids).toEqual(order);
  });

  it('filters by every field, values of one field joined by or, fields by and', async () => {
    const found = await scan(
      { a: twelve },
      { culture: ['Arab'], category: ['Opinion', 'Literacy'], scope: ['Nationwide'] },
    );
    expect(found.ids).toEqual(['i7', 'i8', 'i9', 'i10', 'i11', 'i12']);
    expect(found.cultures).toEqual(new Map([['Arab', 6]]));
    expect(found.languages).toEqual(new Map([['ar', 6]]));
    expect([...found.categories]).toEqual([
      ['Opinion', 3],
      ['Literacy', 3],
    ]);
  });

  it('hashes the contents of the selected items', async () => {
    const { fingerprint } = await scan({ a: twelve.slice(0, 2) });
    // Python: sha256 of the compact JSON of the two sorted content keys.
    expect(fingerprint).toBe('341539a1dd55b651ffe6585c77c52d4e5b2aeb027d7dd4b30a60c193c54515ef');
  });
});

describe('checking items', () => {
  it('takes an exact duplicate once and names both places', async () => {
    const twin = { ...twelve[1], id: 'other' };
    const found = await scan({ a: twelve, b: [twin] });
    expect(found).toMatchObject({ total: 12, selectedCount: 12, problems: [] });
    expect(found.warnings).toEqual([
      { file: 'b', line: 1, message: 'the same item as a:2; it is taken once' },
    ]);
    expect(found.ids).toHaveLength(12);
  });

  it('rejects one id for two different items', async () => {
    const found = await scan({ a: [...twelve, { ...twelve[0], question: 'Another?' }] });
    expect(found.problems).toEqual([
      {
        file: 'a',
        line: 13,
        path: 'id',
        message:
          'the id "i1" is taken by a different item at a:1; where the column is no id, map another with `fields: { id: COLUMN }`, or none with `id: null`',
      },
    ]);
  });

  it('rejects a filter value that no item has and lists the values there are', async () => {
    const found = await scan({ a: twelve }, { culture: ['Chinees', 'Arab'], association: ['x'] });
    expect(found.problems).toEqual([
      {
        file: 'a',
        path: 'select.culture',
        message:
          'no item has the culture "Chinees"; did you mean "Chinese"? the items have: Chinese, Arab',
      },
      {
        file: 'a',
        path: 'select.association',
        message: 'no item has the association "x"; the items have: none',
      },
    ]);
  });

  it('rejects a selection that takes nothing', async () => {
    const found = await scan({ a: twelve }, { culture: ['Arab'], language: ['zh'] });
    expect(found.problems).toEqual([
      { file: 'a', path: 'select', message: 'no item has all the selected values at once' },
    ]);
  });

  it('reports the problems of all sources together, without guessing at the selection', async () => {
    const reader = readerOf({ a: [{ ...twelve[0], question: '' }], b: [], d: twelve });
    const sources = ['a', 'b', 'c', 'd'].map((file) => ({ file }));
    const selection = itemSelectionSchema.parse({ culture: ['Nobody'] });
    const { problems } = await scanItems(sources, selection, reader);
    expect(problems).toEqual([
      {
        file: 'a',
        line: 1,
        path: 'question',
        message:
          "expected text for the item's question, found nothing; `skip: [blank-question]` leaves such rows out",
      },
      { file: 'b', message: 'there are no records in it' },
      { file: 'c', message: 'there is no such file' },
    ]);
  });

  it('lists fifty problems and counts the rest', async () => {
    const strange = Array.from({ length: 53 }, (_, n) => ({
      ...twelve[0],
      id: n,
      scope: Array(n + 2),
    }));
    const { problems } = await scan({ a: strange });
    expect(problems).toHaveLength(51);
    expect(problems.at(-2)?.line).toBe(50);
    expect(problems.at(-1)).toEqual({ file: 'a', message: 'and 3 more' });
  });

  it('refuses to go on with a file that changed after the scan', async () => {
    const sources = [{ file: 'a' }];
    const found = await scanItems(sources, itemSelectionSchema.parse({}), readerOf({ a: twelve }));
    const reading = streamItems(found, sources, readerOf({ a: twelve.slice(1) }));
    await expect(async () => {
      for await (const item of reading) expect(item.id).not.toBe('i1');
    }).rejects.toThrow(
      'a: changed while it was in use: 1 of the 12 selected items are no longer there',
    );
  });
});
