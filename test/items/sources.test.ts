import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { itemSelectionSchema } from '../../src/domain/item-selection.ts';
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

async function scan(files: Readonly<Record<string, readonly Fields[]>>) {
  const sources = Object.keys(files).map((file) => ({ file }));
  const reader = readerOf(files);
  const found = await scanItems(sources, itemSelectionSchema.parse({}), reader);
  const ids: string[] = [];
  for await (const item of streamItems(found, sources, reader)) ids.push(item.id);
  return { ...found, ids };
}

describe('several sources', () => {
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
        message: 'no row has the value "Aarb"; there are: "Chinese", "Arab"',
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
