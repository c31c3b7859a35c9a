import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseErrorBody } from '../../../src/adapters/openai/failure/error-body.ts';
import { createRedactor } from '../../../src/adapters/openai/failure/redact.ts';
import type { WireReply } from '../../../src/adapters/openai/reply/exchange.ts';
import { readLogprobs } from '../../../src/adapters/openai/reply/logprobs.ts';
import { readReply } from '../../../src/adapters/openai/reply/reply.ts';
import { reverseCriteria } from '../../../src/analyses/audit/biases/criteria-order.ts';
import { splitReasoning } from '../../../src/domain/reasoning.ts';
import { forTerminal } from '../../../src/domain/shown-text.ts';
import { answerLanguage } from '../../../src/language/answer-language.ts';
import { escapeText as escapeHtml } from '../../../src/render/html/html.ts';
import { escapeLatex } from '../../../src/render/latex.ts';
import { escapeText as escapeMarkdown } from '../../../src/render/markdown.ts';
import { expectedRating } from '../../../src/scorers/judge/expected-rating.ts';
import { parseJsonVerdict } from '../../../src/scorers/judge/json-verdict.ts';
import { isSuspect } from '../../../src/scorers/judge/suspect.ts';
import { parseVerdict } from '../../../src/scorers/judge/verdict.ts';

const redactor = createRedactor();
redactor.learn('sk-0123456789abcdef');

const TARGET = { url: 'http://127.0.0.1', model: 'm', noun: 'model', authAdvice: '' } as const;

function replyOf(bodyText: string): WireReply {
  return { kind: 'reply', status: 200, headers: {}, bodyText };
}

/** Every function that reads what a model wrote. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseVerdict,
  parseJsonVerdict,
  isSuspect,
  splitReasoning: (text) => splitReasoning(text, null),
  answerLanguage: (text) => answerLanguage(text, 'zh', null),
  expectedRating: (text) =>
    expectedRating(text, parseVerdict(text), [{ text, bytes: null, logprob: 0, top: [] }]),
  redactAnswer: (text) => redactor.redactAnswer(text),
  redact: (text) => redactor.redact(text),
  forTerminal,
  escapeHtml,
  escapeMarkdown,
  escapeLatex,
  parseErrorBody: (text) => parseErrorBody(500, text),
  readReplyBody: (text) => readReply(replyOf(text), TARGET, 0),
  readReplyContent: (content) =>
    readReply(replyOf(JSON.stringify({ choices: [{ message: { content } }] })), TARGET, 0),
  readLogprobs: (text) => readLogprobs({ content: [{ token: text, logprob: -1 }] }),
  reverseCriteria: (text) => reverseCriteria({ file: 'a.hbs', text }),
};

const PIECES = [
  ...[
    '\n',
    ' ',
    '\t',
    '\u00a0',
    '<',
    '<<<',
    '[',
    '[[',
    '[[7',
    '[[7]]',
    ']]',
    'Rating:',
    'Rating: [[7]]',
  ],
  ...['```', '```json\n', '`', '{', '}', '"', "'", '\\', '"rating": 7', '{"a":', ',', ':'],
  ...[
    'BEGIN ',
    'END ANSWER',
    '<<< END ',
    '<think>',
    '</think>',
    '\r',
    '\u2028',
    'a',
    '评分：',
    '(',
    'a@',
    'http://',
  ],
  ...['Bearer ', 'YWJj', '##[', '::', '\ud800', '\u202e', '*', '_', '\u0660', 'score: '],
];
const MEGABYTE = 1_000_000;

/**
 * What is quadratic takes hours for these; what is linear, well under a second. The limit stops the
 * former, also in the middle of a regular expression, and is no measure of the latter.
 */
function inTime(read: () => unknown): void {
  Object.assign(globalThis, { careJudgeRead: read });
  runInThisContext('careJudgeRead()', { timeout: 30_000 });
}

test.each(Object.keys(READERS))(
  '%s reads any megabyte of repeated pieces',
  (name) => {
    const read = READERS[name] ?? (() => expect.fail(name));
    const texts = fc.tuple(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
      fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(texts, ([opening, unit]) => {
        const repeated = unit.join('');
        const text = `${opening.join('')}${repeated.repeat(Math.ceil(MEGABYTE / repeated.length))}x`;
        inTime(() => read(text));
      }),
      { seed: 13, numRuns: 12, examples: [[[[], ['\n']]], [[['```'], [' ']]], [[[], ['<']]]] },
    );
  },
  120_000,
);
