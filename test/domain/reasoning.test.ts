import { describe, expect, test } from 'vitest';
import { splitReasoning } from '../../src/domain/reasoning.ts';

describe('thinking within the content', () => {
  test.each([
    ['no tag', 'The answer.', 'The answer.', null],
    ['a tagged block', '<think>Hm.</think>The answer.', 'The answer.', 'Hm.'],
    ['only a closing tag, the opening one being in the prompt', 'Hm.\n</think>\n\nA.', 'A.', 'Hm.'],
    ['the long name, in capitals', '<THINKING>Hm.</Thinking> A.', 'A.', 'Hm.'],
    ['space before the opening tag', '\n <think>\nHm.\n</think>\nA.', 'A.', 'Hm.'],
    ['several blocks', '<think>a</think>b<think>c</think>d', 'd', 'a</think>b<think>c'],
    ['an empty block, as when thinking is off', '<think>\n\n</think>\n\nA.', 'A.', null],
    ['nothing after the closing tag', '<think>Hm.</think>\n', '', 'Hm.'],
    ['never closed', '<think>Hm. I should', null, 'Hm. I should'],
    ['never closed, after a closed block', '<think>a</think>\n<think>b', null, 'a\n\nb'],
    ['cut off before the only tag came: told by its finish reason alone', 'Hm. I', 'Hm. I', null],
    ['an opening tag alone', '<think>', null, null],
  ])('%s', (_name, content, text, reasoning) => {
    expect(splitReasoning(content, null)).toEqual({ text, reasoning });
  });
});

describe('the answer', () => {
  test('keeps every character but the space after the closing tag', () => {
    const answer = 'a  b\r\n\u00a0\u200f7 <b> \ud83d \n';
    expect(splitReasoning(`x</think>\u00a0\r\n\t${answer}`, null).text).toBe(answer);
    expect(splitReasoning(` \n${answer}`, null).text).toBe(` \n${answer}`);
  });

  test('may name an opening tag in its middle', () => {
    const content = 'Models write <think> first.';
    expect(splitReasoning(content, null)).toEqual({ text: content, reasoning: null });
  });

  test('that quotes a closing tag as code loses what stands before it, where it can be seen', () => {
    expect(splitReasoning('Models write `</think>` last.', null)).toEqual({
      text: '` last.',
      reasoning: 'Models write `',
    });
  });
});

describe('thinking in a field of its own', () => {
  test('is kept as it is', () => {
    expect(splitReasoning('A.', ' Hm.\n')).toEqual({ text: 'A.', reasoning: ' Hm.\n' });
  });

  test('comes before thinking in the content', () => {
    expect(splitReasoning('<think>Second.</think>A.', 'First.')).toEqual({
      text: 'A.',
      reasoning: 'First.\n\nSecond.',
    });
  });

  test('is no thinking where blank', () => {
    expect(splitReasoning('A.', '\n')).toEqual({ text: 'A.', reasoning: null });
  });

  test('can be all there is', () => {
    expect(splitReasoning(null, 'Hm.')).toEqual({ text: null, reasoning: 'Hm.' });
    expect(splitReasoning(null, null)).toEqual({ text: null, reasoning: null });
    expect(splitReasoning('', null)).toEqual({ text: '', reasoning: null });
  });
});

test.each(['</think', '<think>', '</think>', '\n'])(
  'a megabyte of %j, which a quadratic search would never finish, is split',
  (unit) => {
    const hostile = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(splitReasoning(`<think>${hostile}</think>A.`, null).text).toBe('A.');
  },
);
