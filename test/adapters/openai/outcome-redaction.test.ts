import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/adapters/openai/failure/redact.ts';
import { redactOutcome } from '../../../src/adapters/openai/reply/outcome.ts';
import { completion } from './fake-server.ts';
import { judge, reply } from './judging.ts';

const KEY = 'sk-made-up-0123456789';
function cleaned(outcome: ReturnType<typeof judge>) {
  const redactor = createRedactor();
  redactor.learn(KEY);
  return redactOutcome(outcome, redactor);
}

test.each([
  ['retryable', 500],
  ['terminal', 400],
  ['fatal', 401],
])('the message of a %s error is cut at a thousand characters and holds no key', (kind, status) => {
  const message = `${KEY} ${'long '.repeat(400)}`;
  const outcome = cleaned(judge(reply(status, { error: { message, code: `c-${KEY}` } })));
  if (!('error' in outcome)) throw new Error(outcome.kind);
  expect(outcome.kind).toBe(kind);
  expect(outcome.error.message).toHaveLength(1001);
  expect(outcome.error.message.endsWith('…')).toBe(true);
  expect(JSON.stringify(outcome)).not.toContain(KEY);
});

test('names of filter categories, the text and the model of a filtered call hold no key', () => {
  const choice = {
    finish_reason: 'content_filter',
    message: { role: 'assistant', content: `I know ${KEY}` },
    content_filter_results: { [`custom ${KEY}`]: { filtered: true, severity: 'high' } },
  };
  const outcome = cleaned(judge(reply(200, { model: KEY, choices: [choice] })));
  expect(outcome).toMatchObject({
    kind: 'filtered',
    filter: { categories: ['custom [redacted] (high)'] },
    text: 'I know [redacted]',
    servedModel: '[redacted]',
  });
});

test('notes and adaptations hold no key', () => {
  const outcome = judge(reply(200, completion('fine')));
  if (outcome.kind !== 'reply') throw new Error(outcome.kind);
  const notes = [`refusal: ${KEY}`];
  const noted = { ...outcome, reply: { ...outcome.reply, notes, adaptations: [`without ${KEY}`] } };
  expect(cleaned(noted)).toMatchObject({
    reply: { notes: ['refusal: [redacted]'], adaptations: ['without [redacted]'] },
  });
});
