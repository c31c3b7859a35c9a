import { expect, it } from 'vitest';
import { loadLanguageIdentifier } from '../../../src/adapters/language/eld.ts';
import { describeQuestionSet } from '../../../src/analyses/question-set/question-set.ts';
import { type FindingKind, questionSetSchema } from '../../../src/analyses/question-set/schema.ts';
import type { SetItem } from '../../../src/analyses/question-set/set-item.ts';
import type { Item } from '../../../src/domain/item.ts';

function entry(id: string, fields: Partial<Item> = {}, source: string | null = null): SetItem {
  return {
    file: 'set.jsonl',
    line: Number(id),
    source,
    translation: null,
    item: {
      id,
      question: `${'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(Number(id)).repeat(9)}?`,
      reference: 'Nobody knows that for certain.',
      culture: 'Chinese',
      language: 'en',
      category: 'Opinion',
      scope: null,
      association: null,
      cluster: null,
      ...fields,
    },
  };
}

async function describeSet(items: readonly SetItem[]) {
  const evidence = { files: ['set.jsonl'], items, available: items.length, repeatedRows: 0 };
  const described = await describeQuestionSet(
    { ...evidence, found: [], labels: [] },
    { contamination: null, paper: true },
    loadLanguageIdentifier,
  );
  return questionSetSchema.parse(described);
}

async function findingsOf(
  ...items: readonly SetItem[]
): Promise<[FindingKind, (string | null)[]][]> {
  const { findings } = await describeSet(items);
  return findings.map(({ kind, places }) => [kind, places.map(({ id }) => id)]);
}

it('counts by culture and every given label, with margins summed from the cells', async () => {
  const { counts } = await describeSet([
    entry('1', { scope: 'Nationwide' }),
    entry('2', { culture: 'Arab', category: 'Literacy' }),
    entry('3', { culture: 'Arab' }),
  ]);
  expect(counts.map(({ by }) => by)).toEqual(['category', 'scope', 'language']);
  expect(counts[0]?.table).toEqual({
    columns: ['Opinion', 'Literacy'],
    rows: [
      { label: 'Chinese', counts: [1, 0], total: 1 },
      { label: 'Arab', counts: [1, 1], total: 2 },
    ],
    totals: [2, 1],
    total: 3,
  });
  expect(counts[1]?.table.columns).toEqual(['Nationwide', null]);
});

it('lays counts out as the paper’s tables of native and foreign questions do', async () => {
  const { layouts } = await describeSet([
    entry('1', { association: 'Native (Chinese)' }, 'web'),
    entry('2', { association: 'Native (Chinese)', category: 'Literacy' }, 'books'),
    entry('3', { association: 'Foreign' }, 'web'),
    entry('4', { association: 'General', scope: 'Worldwide' }, 'web'),
  ]);
  expect(layouts.native).toEqual([
    {
      culture: 'Chinese',
      table: {
        columns: ['Opinion', 'Literacy'],
        rows: [
          { label: 'books', counts: [0, 1], total: 1 },
          { label: 'web', counts: [1, 0], total: 1 },
        ],
        totals: [1, 1],
        total: 2,
      },
    },
  ]);
  expect(layouts.foreign?.total).toBe(1);
  expect(layouts.scope?.rows).toEqual([{ label: 'en', counts: [1, 3], total: 4 }]);
});

it('measures characters as code points and words by segmentation', async () => {
  const { lengths } = await describeSet([
    entry('1', { question: 'One two three four?', reference: '𠮷野家' }),
    entry('2', { question: 'One two', reference: 'Yes, of course.' }),
  ]);
  // Characters 19 and 7, words 4 and 2: quartiles lie linearly between the two.
  expect(lengths[0]).toEqual({
    language: 'en',
    text: 'question',
    n: 2,
    characters: { min: 7, lower: 10, median: 13, upper: 16, max: 19 },
    words: { min: 2, lower: 2.5, median: 3, upper: 3.5, max: 4 },
  });
  expect(lengths[1]?.characters.min).toBe(3);
});

// whichdishesareeatenin has 14 8-grams, with sichuan 21: two thirds are shared.
it('finds questions that are there twice, nearly twice, or in one pattern', async () => {
  const festival = 'On which day is the Dragon Boat Festival, and what do people eat?';
  expect(
    await findingsOf(
      entry('1', { question: festival }),
      entry('2', { question: 'on which day is the DRAGON BOAT festival and what do people eat' }),
      entry('3', { question: `Tell me: ${festival}` }),
      entry('4', { question: 'Which dishes are eaten in Guangdong?' }),
      entry('5', { question: 'Which dishes are eaten in Sichuan?' }),
    ),
  ).toEqual([
    ['exact-duplicate', ['1', '2']],
    ['near-duplicate', ['1', '3']],
    ['near-duplicate', ['2', '3']],
    ['similar', ['4', '5']],
  ]);
});

it('finds references in their questions as words, not inside one', async () => {
  const at = (id: string, language: string, question: string, reference: string) =>
    entry(id, { language, question, reference });
  expect(
    await findingsOf(
      at('1', 'en', 'Is tea or coffee the usual drink?', 'Tea.'),
      at('2', 'en', 'Which steamed bun is that?', 'tea'),
      at('3', 'zh', '北京烤鸭是哪里的菜？', '北京'),
      at('4', 'zh', '9月有什么节日？', '9'),
      at(
        '5',
        'en',
        'Is the capital city of Oman called Muscat today?',
        'The capital city of Oman is Muscat',
      ),
    ),
  ).toEqual([
    ['leak', ['1']],
    ['leak', ['3']],
    ['partial-leak', ['5']],
  ]);
});

it('finds texts in another language or script, in two Unicode forms, or damaged', async () => {
  const english =
    'What do people in the south of the country usually eat for breakfast on workdays?';
  expect(
    await findingsOf(
      entry('1', { language: 'zh', question: english, reference: '一般吃肠粉和粥，也喝早茶。' }),
      entry('2', { language: 'ar', question: 'ما هو الكشري؟', reference: 'Rice and lentils' }),
      entry('3', { reference: 'A cafe\u0301 of the old town.' }),
      entry('4', { reference: 'Caf\ufffd.\u200b' }),
    ),
  ).toEqual([
    ['language', ['1']],
    ['script', ['2']],
    ['not-nfc', ['3']],
    ['invisible', ['4']],
    ['damaged', ['4']],
  ]);
});

it('gives half-widths and detectable differences of the assumed SDs', async () => {
  const thirty = Array.from({ length: 30 }, (_, at) => entry(String(at + 1)));
  const { design, assumed } = await describeSet(thirty);
  expect(assumed.sd).toBe(2.3);
  // n = 30: t half-width .3734 SD (test/analyses/power); the difference's SD is 2.3 √(2 · .55).
  expect(design[0]?.halfWidth).toBeCloseTo(2.3 * 0.3734, 3);
  expect(design[0]?.detectable).toBeCloseTo(2.3 * Math.sqrt(1.1) * 0.52924, 3);
});

it('sets counts next to the paper’s and shows where the print does not add up', async () => {
  const { paper } = await describeSet([
    entry('1', { association: 'Native (Japanese)', culture: 'Japanese', language: 'ja' }),
    entry('2', { association: 'Foreign' }),
  ]);
  const at = (table: string, part: string, column: string | null) =>
    paper?.find((one) => one.table === table && one.part === part && one.column === column);
  expect(at('Table 7', 'Japanese', 'Opinion')).toMatchObject({ here: 1, printed: 100, added: 100 });
  // 412 + 50 + 261 printed cells, as the row of web resources adds up to 261.
  expect(at('Table 7', 'Japanese', null)).toMatchObject({ here: 1, printed: 723, added: 723 });
  expect(at('Table 8', 'foreign', 'Cultural entities')).toMatchObject({ printed: 504, added: 658 });
  expect(at('Table 8', 'foreign', null)).toMatchObject({ here: 1, printed: 1245, added: 1245 });
  expect(at('Table 9', 'Japanese', null)).toMatchObject({ here: 1, printed: 910, added: 910 });
  expect(paper?.filter(({ printed, added }) => printed !== added)).toHaveLength(5);
});
