import { describe, expect, test } from 'vitest';
import { scoreShortAnswer } from '../../../src/scorers/short-answer/score-short-answer.ts';

const one = (...texts: string[]) => [{ texts, votes: 1 }];
const score = (
  reply: string,
  answers: readonly { texts: string[]; votes: number }[],
  question = '',
) => scoreShortAnswer({ question, answers }, reply);

describe('strict and lenient', () => {
  test.each([
    // [reply, accepted, strict, lenient]
    ['jianbing', ['jianbing'], true, true],
    ['Jianbing.', ['jianbing'], true, true],
    ['The answer is jianbing.', ['Jianbing'], true, true],
    ['**Jianbing** is a crepe that is sold in the morning.', ['jianbing'], true, true],
    ['It is called "jianbing" in the north', ['jianbing'], true, true],
    ['jianbing, baozi', ['baozi'], true, true],
    ['A pancake', ['pancake'], true, true],
    ['People love jianbing in the morning', ['jianbing'], false, true],
    ['I love pancakes', ['pancake'], false, true],
    ['baozi', ['jianbing'], false, false],
    ['café', ['cafe'], true, true],
    ['ＪＩＡＮＢＩＮＧ', ['jianbing'], true, true],
    ["jack-o'-lantern", ["Jack-o'-lantern"], true, true],
    ['煎饼', ['煎饼'], true, true],
    ['答案是煎饼。', ['煎饼'], true, true],
    ['答案：「煎饼」', ['煎饼'], true, true],
    ['早上常吃煎饼果子', ['煎饼'], false, true],
    ['煎饼、包子', ['包子'], true, true],
    ['答えは餅です。', ['餅'], true, true],
    ['餅です', ['餅'], true, true],
    ['お餅を食べます', ['餅'], false, true],
    ['الكُسْكُس', ['كسكس'], true, true],
    ['الإجابة: الكسكس', ['الكسكس'], true, true],
    ['إفطار', ['افطار'], true, true],
    ['نأكل الكسكس يوم الجمعة', ['كسكس'], false, true],
    ['정답은 떡국입니다', ['떡국'], true, true],
    ['Ответ: блины', ['Блины'], true, true],
    ['उत्तर: खीर', ['खीर'], true, true],
    ['σουβλάκι', ['σουβλακι'], true, true],
    ['', ['jianbing'], false, false],
  ])('%j for %j: strict %j, lenient %j', (reply, accepted, strict, lenient) => {
    expect(score(reply, one(...accepted))).toMatchObject({ strict, lenient });
  });

  test.each([
    ['1', '10', false, false],
    ['10', '10', true, true],
    ['10', '١٠', true, true],
    ['10', '10 days', false, true],
    ['10', 'It is 10.', false, true],
    ['10', 'Answer: 10', true, true],
    ['1000', '1,000', true, true],
    ['3', '3.5', false, false],
    ['7', '2007', false, false],
    ['7', '2月7日', false, true],
    // Thirty-two numbers are no answer, although the right one is among them.
    ['7', Array.from({ length: 32 }, (_, day) => day).join(', '), false, true],
    ['8', '8 or 9', false, true],
    ['8', '8, 9', false, true],
  ])('the number %j in %j: strict %j, lenient %j', (answer, reply, strict, lenient) => {
    expect(score(reply, one(answer))).toMatchObject({ strict, lenient });
  });
});

describe('by the crowd’s votes', () => {
  const answers = [
    { texts: ['包子', 'bun'], votes: 1 },
    { texts: ['煎饼', 'jianbing'], votes: 4 },
    { texts: ['hot pot'], votes: 2 },
  ];

  test.each([
    // The answer with most votes counts where several are in the reply: 4 / 4.
    ['包子和煎饼', 1, 1],
    ['包子', 1, 0.25],
    // English is accepted in a reply of another language.
    ['Jianbing', 1, 1],
    ['hot-pot', 1, 0.5],
    // All words of an answer, apart from each other.
    ['a pot that is hot', 1, 0.5],
    ['Answer: bun', 1, 0.25],
    // Within a word, as in BLEnD.
    ['bundle', 1, 0.25],
    ['rice', 0, 0],
  ])('%j: match %d, weighted %d', (reply, crowd, crowdWeighted) => {
    expect(score(reply, answers)).toMatchObject({ crowd, crowdWeighted });
  });

  test('a number within a number counts, as in BLEnD', () => {
    expect(score('10', one('1'))).toMatchObject({ strict: false, lenient: false, crowd: 1 });
  });
});

test('a reply that repeats the question is marked, one that answers is not', () => {
  const question = 'What is a common street snack in China?';
  const echo = (reply: string) => score(reply, one('snack'), question).echo;
  expect(echo('What is a common street snack in China? Jianbing')).toBe(true);
  expect(echo('A common street snack in China is jianbing.')).toBe(false);
  expect(echo('Jianbing')).toBe(false);
  expect(
    score('中国常见的街头小吃是什么？煎饼', one('煎饼'), '中国常见的街头小吃是什么？').echo,
  ).toBe(true);
  // Of eight characters or fewer, all of it.
  expect(score('何を食べる？餅', one('餅'), '何を食べる？').echo).toBe(true);
  expect(score('餅', one('餅'), '何を食べる？').echo).toBe(false);
});

test('thinking counts neither for the answer nor for its length', () => {
  expect(score('<think>jianbing or baozi</think>rice 🍚', one('baozi'))).toEqual({
    strict: false,
    lenient: false,
    crowd: 0,
    crowdWeighted: 0,
    echo: false,
    characters: 6,
  });
});
