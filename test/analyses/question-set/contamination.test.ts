import { expect, it } from 'vitest';
import { createContaminationScan } from '../../../src/analyses/question-set/contamination/scan.ts';
import type { SetItem } from '../../../src/analyses/question-set/set-item.ts';
import { matchingPassage } from '../../../src/overlap/matching-passage.ts';

function known(
  id: string,
  question: string,
  reference = '不知道',
  translation: string | null = null,
): SetItem {
  const labels = { culture: 'Chinese', language: 'zh', category: 'Opinion' };
  const none = { scope: null, association: null, cluster: null };
  return {
    ...{ file: 'set.jsonl', line: Number(id), source: null, translation },
    item: { id, question, reference, ...labels, ...none },
  };
}

function scan(items: readonly SetItem[], rows: readonly Readonly<Record<string, unknown>>[]) {
  const contamination = createContaminationScan(items);
  rows.forEach((fields, at) => {
    contamination.take('train.jsonl', { line: at + 1, fields });
  });
  return contamination.result(['train.jsonl']);
}

const FESTIVAL = '端午节在哪一天？人们一般吃什么？';

it('finds a question wherever it is in a row, with the field and the passage', () => {
  const { matches, rows, texts } = scan(
    [known('1', FESTIVAL)],
    [
      { id: 7, messages: [{ role: 'user', content: '你好' }] },
      { id: 8, messages: [{ role: 'user', content: `请回答：端午节在哪一天?人们一般吃什么` }] },
      { id: 9, messages: [{ role: 'user', content: FESTIVAL }] },
    ],
  );
  expect([rows, texts]).toEqual([3, 6]);
  expect(matches).toEqual([
    {
      ...{ file: 'set.jsonl', line: 1, id: '1', text: 'question', share: 1, exact: true },
      ...{ contaminated: 2, review: 0 },
      match: {
        file: 'train.jsonl',
        line: 3,
        field: 'messages.0.content',
        passage: FESTIVAL.normalize('NFKC'),
      },
    },
  ]);
});

it('sets apart what to drop and what to review, and passes over less', () => {
  // Folded, the question has 14 characters and so seven 8-grams.
  const question = 'abcdefghijklmn';
  const shares = ['abcdefghijklm', 'abcdefghijk', 'abcdefghij'].map(
    (text) => scan([known('1', question)], [{ text }]).matches[0],
  );
  expect(shares.map((match) => match && [match.share, match.contaminated, match.review])).toEqual([
    [6 / 7, 1, 0],
    [4 / 7, 0, 1],
    undefined,
  ]);
});

it('finds short questions as whole texts only, short references not at all, and translations', () => {
  const items = [
    known('1', '中秋节？', '吃月饼'),
    known('2', '什么是春联，怎么贴春联？', '吃月饼', 'What are spring couplets?'),
  ];
  const { matches, compared } = scan(items, [
    { text: '中秋节' },
    { text: '中秋节吃月饼' },
    { text: '吃月饼' },
    { text: 'Q: what are spring couplets' },
  ]);
  expect(matches.map(({ id, text, match }) => [id, text, match.line])).toEqual([
    ['1', 'question', 1],
    ['2', 'translation', 4],
  ]);
  expect(compared).toEqual([
    { text: 'question', n: 2, short: 1 },
    { text: 'reference', n: 2, short: 2 },
    { text: 'translation', n: 1, short: 0 },
  ]);
});

it('shows the part of a long text that matches', () => {
  const passage = matchingPassage(
    `${'没有关系。'.repeat(200)}${FESTIVAL}${'也没有。'.repeat(200)}`,
    FESTIVAL,
  );
  expect(passage).toContain(FESTIVAL.normalize('NFKC'));
  expect(passage.length).toBeLessThanOrEqual(202);
});
