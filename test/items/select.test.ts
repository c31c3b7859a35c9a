import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { type ItemSelection, itemSelectionSchema } from '../../src/domain/item-selection.ts';
import type { ItemSource } from '../../src/domain/item-source.ts';
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

  it('reports what all rows of a file share once, and what many share with their lines', async () => {
    const { reference: _, ...bare } = twelve[0] ?? {};
    const rows = Array.from({ length: 9 }, (_row, n) => ({
      ...bare,
      id: n,
      ...(n > 5 && { culture: '' }),
    }));
    const { problems } = await scan({ a: rows });
    expect(problems).toEqual([
      { file: 'a', path: 'reference', message: expect.stringMatching(/^there is no such column;/) },
      ...[7, 8, 9].map((line) => ({
        file: 'a',
        line,
        path: 'culture',
        message: "expected text for the item's culture, found nothing",
      })),
    ]);
    const many = await scan({ a: [...twelve.map((row) => ({ ...row, culture: '' })), ...twelve] });
    expect(many.problems).toEqual([
      {
        file: 'a',
        line: 1,
        path: 'culture',
        message:
          "expected text for the item's culture, found nothing (also in lines 2, 3, 4 and 8 more)",
      },
    ]);
  });

  it('keeps ids that several sources use apart by the name of the source', async () => {
    const question = { ...twelve[0], question: 'سؤال؟', culture: 'Arab', language: 'ar' };
    const found = await scan({ 'zh/food.jsonl': twelve, 'ar/food.jsonl': [question] });
    expect(found.problems).toEqual([]);
    expect(found.ids).toEqual(['zh/food/i1', ...twelve.slice(1).map(({ id }) => id), 'ar/food/i1']);
    expect(found.warnings).toEqual([
      {
        file: 'ar/food.jsonl',
        path: 'id',
        message:
          'the id "i1" also in zh/food.jsonl for a different item; kept apart as "zh/food/i1" and "ar/food/i1". Recorded answers and ratings name these, or the question',
      },
    ]);
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

describe('a source', () => {
  async function scanSource(source: Partial<ItemSource>, records: readonly Fields[] = twelve) {
    const sources = [{ file: 'a', ...source }];
    const reader = readerOf({ a: records });
    const found = await scanItems(sources, itemSelectionSchema.parse({}), reader);
    const ids: string[] = [];
    if (found.problems.length === 0)
      for await (const item of streamItems(found, sources, reader)) ids.push(item.id);
    return { ...found, ids };
  }

  it.each([
    [{ id: ['i1', 'i12'] }, ['i1', 'i12']],
    [{ culture: 'Arab', category: { not: 'Opinion' } }, ['i10', 'i11', 'i12']],
    [{ 'meta.votes': { min: 2.5 } }, ['i5', 'i10']],
    [{ 'meta.votes': { min: 0, max: 2 } }, ['i1']],
  ])('takes the rows that pass where: %o', async (where, ids) => {
    const votes: Readonly<Record<string, unknown>> = { i1: 2, i5: '3', i10: 2.5 };
    const records = twelve.map((row) => ({
      ...row,
      meta: { votes: votes[String(row['id'])] ?? null },
    }));
    expect(await scanSource({ where }, records)).toMatchObject({ problems: [], ids });
  });

  it('reports a filter that names a column or value that no row has', async () => {
    const { problems } = await scanSource({ where: { culture: ['Arab', 'Aarb'], contry: 'x' } });
    expect(problems).toEqual([
      {
        file: 'a',
        path: 'where.culture',
        message: 'no row has the value "Aarb"; did you mean "Arab"? there are: "Chinese", "Arab"',
      },
      { file: 'a', path: 'where.contry', message: 'no row has such a column' },
    ]);
  });

  it('leaves blank questions out on demand, and names and counts them', async () => {
    const blank = (id: string) => ({ ...twelve[0], id, question: ' ' });
    const records = [...twelve, blank('b1'), blank('b2')];
    const found = await scanSource({ skip: ['blank-question'] }, records);
    expect(found).toMatchObject({ problems: [], total: 12 });
    expect(found.warnings).toEqual([
      { file: 'a', message: '2 rows skipped (blank-question): line 13, 14' },
    ]);
  });
});

describe('labels', () => {
  async function warningsFor(field: string, values: readonly string[]) {
    const records = values.map((value, n) => ({ ...twelve[n], [field]: value }));
    return (await scan({ a: records })).warnings;
  }

  it.each([
    ['an outer space', 'Arab '],
    ['a no-break space', 'Arab\u00a0'],
    ['full width', 'Ａｒａｂ'],
    ['an invisible character', 'Ar\u200bab'],
    ['case', 'arab'],
  ])('that differ in %s are warned of with file and line', async (_name, label) => {
    expect(await warningsFor('culture', ['Arab', 'Arab', label])).toEqual([
      { file: 'a', line: 3, path: 'culture', message: expect.stringContaining('look alike') },
    ]);
  });

  it.each([
    ['Korean', 'South Korean'],
    ['China', 'Chinese'],
    ['Egypt', 'Egyptian'],
    ['Chinese', 'Chinsee'],
  ])('%s and %s are pointed out as close', async (one, other) => {
    expect(await warningsFor('culture', [one, other])).toEqual([
      {
        file: 'a',
        line: 2,
        path: 'culture',
        message: `close names that are counted as different cultures: "${one}" and "${other}"; if they mean one, write one of them`,
      },
    ]);
  });

  it('of neighbours are left alone', async () => {
    const cultures = [
      'North Korean',
      'South Korean',
      'Indian',
      'Indonesian',
      'Iran',
      'Iraq',
      'Austria',
    ];
    expect(await warningsFor('culture', [...cultures, 'Australia', 'UK', 'US'])).toEqual([]);
  });

  // Tags by the IANA Language Subtag Registry.
  it.each([
    ['Arabic', 'ar'],
    ['日本語', 'ja'],
    ['zho', 'zh'],
    ['zh_Hant', 'zh-Hant'],
    ['jp', 'ja'],
    ['cn', 'zh'],
  ])('of the language %s are read as %s', async (language, tag) => {
    expect(await warningsFor('language', [language])).toEqual([
      {
        file: 'a',
        line: 1,
        path: 'language',
        message: `"${language}" is not the usual tag of a language; write \`${tag}\``,
      },
    ]);
  });

  it('of languages that are tags are left alone', async () => {
    expect(await warningsFor('language', ['zh', 'ar-EG', 'pt-BR', 'zh-Hans', 'su', 'ha'])).toEqual(
      [],
    );
  });
});
