import { expect, test } from 'vitest';
import type { ChatReply, TokenLogprob } from '../../../src/ports/chat-model.ts';
import { judgmentFrom, judgmentFromText } from '../../../src/scorers/judge/outcome.ts';

function replied(parts: Partial<ChatReply>) {
  const reply: ChatReply = {
    ...{ content: null, reasoning: null, finishReason: 'stop', servedModel: 'm' },
    ...{ systemFingerprint: null, usage: null, logprobs: null, notes: [], adaptations: [] },
    ...parts,
  };
  return { kind: 'reply', reply } as const;
}

test('a rating that a judge only thought of does not count, and its thinking is kept', () => {
  const content = '<think>Perhaps Rating: [[2]]?</think>Fine. Rating: [[8]]';
  expect(judgmentFrom(replied({ content }), 'text').judgment).toEqual({
    ...{ status: 'rated', rating: 8, parse: 'strict', conflicting: false },
    text: 'Fine. Rating: [[8]]',
    reasoning: 'Perhaps Rating: [[2]]?',
  });
  const thought = '<think>Rating: [[2]]</think>I cannot say.';
  expect(judgmentFrom(replied({ content: thought }), 'text').judgment).toMatchObject({
    ...{ status: 'unparsed', cause: 'no-rating', reasoning: 'Rating: [[2]]' },
  });
  const apart = replied({ content: 'Rating: [[7]]', reasoning: 'First [[3]].' });
  expect(judgmentFrom(apart, 'text').judgment).toMatchObject({
    rating: 7,
    reasoning: 'First [[3]].',
  });
});

test('a verdict that is read again keeps its thinking', () => {
  expect(judgmentFromText({ text: '[[4]]', reasoning: 'Weak.' }, 'text')).toMatchObject({
    ...{ rating: 4, parse: 'lenient', reasoning: 'Weak.' },
  });
  expect(judgmentFromText({ text: null, reasoning: null }, 'text')).toMatchObject({
    ...{ status: 'unparsed', cause: 'empty', text: '' },
  });
});

const token = (
  text: string,
  shares: Readonly<Record<string, number>> = { [text]: 1 },
): TokenLogprob => {
  const top = Object.entries(shares).map(([other, share]) => ({
    ...{ text: other, bytes: [...Buffer.from(other)], logprob: Math.log(share) },
  }));
  return { text, bytes: [...Buffer.from(text)], logprob: Math.log(shares[text] ?? 0), top };
};

test('probabilities are those of the rating in the answer, not of one in the thinking', () => {
  // Thinking holds a certain 2; the answer 8 or 6, evenly.
  const tokens = [
    ...['<think>', 'Rating: [[', '2', ']]', '</think>', 'Rating: [['].map((text) => token(text)),
    token('8', { 8: 0.5, 6: 0.5 }),
    token(']]'),
  ];
  const content = tokens.map(({ text }) => text).join('');
  const { judgment, expected } = judgmentFrom(replied({ content, logprobs: tokens }), 'text');
  expect(judgment).toMatchObject({ rating: 8, text: 'Rating: [[8]]' });
  expect(expected?.value).toBeCloseTo(7, 12);
});

test('filtered and failed calls stay what they are', () => {
  const filter = { stage: 'prompt' as const, categories: ['violence'] };
  expect(judgmentFrom({ kind: 'filtered', filter, text: null, servedModel: null }, 'text')).toEqual(
    {
      ...{ judgment: { status: 'filtered', filter }, expected: null },
    },
  );
});
