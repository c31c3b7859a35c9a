import { describe, expect, test } from 'vitest';
import { readLogprobs } from '../../../src/adapters/openai/reply/logprobs.ts';
import { judgeDecoding } from '../../../src/scorers/judge/request.ts';
import { completion, sendJson } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

describe('token probabilities', () => {
  test('are read from the chat API’s format', () => {
    const yes = { token: ' 8', logprob: -0.1, bytes: [32, 56] };
    const no = { token: ' 7', logprob: -2.5, bytes: null };
    expect(readLogprobs({ content: [{ ...yes, top_logprobs: [yes, no] }], refusal: null })).toEqual(
      [
        {
          ...{ text: ' 8', bytes: [32, 56], logprob: -0.1 },
          top: [
            { text: ' 8', bytes: [32, 56], logprob: -0.1 },
            { text: ' 7', bytes: null, logprob: -2.5 },
          ],
        },
      ],
    );
  });

  test('are read from the completions API’s format', () => {
    const found = readLogprobs({
      text_offset: [0, 1],
      tokens: ['a', '8'],
      token_logprobs: [null, -0.1],
      top_logprobs: [null, { 8: -0.1, 7: -2.5 }],
    });
    expect(found?.map(({ text, logprob }) => [text, logprob])).toEqual([
      ['a', -Infinity],
      ['8', -0.1],
    ]);
    expect(found?.[1]?.top.map(({ text, logprob }) => [text, logprob])).toEqual([
      ['7', -2.5],
      ['8', -0.1],
    ]);
  });

  test.each([null, undefined, {}, { content: null }, { content: [{ token: 8 }] }, 'x'])(
    'are none in %j',
    (value) => {
      expect(readLogprobs(value)).toBeNull();
    },
  );

  test('come with the reply, and a reply is not lost for odd ones', async () => {
    const odd = {
      choices: [
        { message: { content: '8' }, finish_reason: 'stop', logprobs: { content: [{ token: 1 }] } },
      ],
    };
    const fake = await serve((_, response) => sendJson(response, 200, odd));
    const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
    expect(await ask(vllm)).toMatchObject({
      kind: 'reply',
      reply: { content: '8', logprobs: null },
    });
  });
});

const TEXT = { verdict: { format: 'text' }, expectedRating: true } as const;
const JSON_BY_FORMAT = {
  verdict: { format: 'json', by: 'response_format' },
  expectedRating: false,
} as const;

describe('what a judge’s settings send', () => {
  test('probabilities, in the field of each API; what the user wrote stays', () => {
    const decoding = { temperature: 0 };
    expect(judgeDecoding({ api: 'chat', decoding }, TEXT)).toEqual({
      logprobs: true,
      top_logprobs: 20,
      temperature: 0,
    });
    expect(judgeDecoding({ api: 'completions', decoding }, TEXT)).toEqual({
      logprobs: 20,
      temperature: 0,
    });
    expect(judgeDecoding({ api: 'chat', decoding: { top_logprobs: 5 } }, TEXT)).toMatchObject({
      top_logprobs: 5,
    });
  });

  test.each([
    [
      'structured_outputs',
      { structured_outputs: { json: { required: ['commentary', 'rating'] } } },
    ],
    ['guided_json', { guided_json: { properties: { rating: { type: 'integer' } } } }],
    [
      'response_format',
      { response_format: { type: 'json_schema', json_schema: { name: 'verdict', strict: true } } },
    ],
  ] as const)('the schema as %s', (by, sent) => {
    const how = { verdict: { format: 'json', by }, expectedRating: false } as const;
    const decoding = judgeDecoding({ api: 'chat', decoding: {} }, how);
    expect(decoding).toMatchObject(sent);
    expect(Object.keys(decoding)).toEqual([by]);
  });

  test('no schema where the prompt alone is to do', () => {
    const how = { verdict: { format: 'json', by: 'none' }, expectedRating: false } as const;
    expect(judgeDecoding({ api: 'chat', decoding: {} }, how)).toEqual({});
  });
});

/** Asks a server that refuses the first request with a 400, and gives what was sent then. */
async function askedAgain(refusal: object, decoding: ReturnType<typeof judgeDecoding>) {
  const fake = await serve((request, response) => {
    const refused = fake.requests[0]?.text === request.text;
    return refused
      ? sendJson(response, 400, { error: refusal })
      : sendJson(response, 200, completion('ok'));
  });
  const judge = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  const outcome = await ask(judge, { decoding });
  const {
    model: _model,
    messages: _messages,
    ...sent
  } = JSON.parse(fake.requests.at(-1)?.text ?? '{}');
  const adaptations = outcome.kind === 'reply' ? outcome.reply.adaptations : outcome;
  return { sent, adaptations, requests: fake.requests.length };
}

describe('a server that refuses them', () => {
  test.each([
    [
      'a reasoning model',
      { message: 'Unsupported parameter.', param: 'logprobs', code: 'unsupported_parameter' },
    ],
    ['a model without them', { message: 'Unrecognized request argument supplied: logprobs' }],
    [
      'a model without alternatives',
      { message: "'top_logprobs' is not supported with this model.", param: 'top_logprobs' },
    ],
  ])('is asked without: %s', async (_name, refusal) => {
    const decoding = judgeDecoding({ api: 'chat', decoding: { temperature: 0 } }, TEXT);
    expect(await askedAgain(refusal, decoding)).toEqual({
      sent: { temperature: 0 },
      adaptations: [
        'logprobs true was left out: the model rejects it',
        'top_logprobs 20 was left out: the model rejects it',
      ],
      requests: 2,
    });
  });

  test.each([
    'Requested sample logprobs of 20, which is greater than max allowed: 5',
    'Cannot request more than 5 logprobs.',
  ])('for their number is asked for as many as it takes: %s', async (message) => {
    const refusal = { message, type: 'BadRequestError', param: null, code: 400 };
    const chat = judgeDecoding({ api: 'chat', decoding: {} }, TEXT);
    expect(await askedAgain(refusal, chat)).toEqual({
      sent: { logprobs: true, top_logprobs: 5 },
      adaptations: ['top_logprobs 20 was sent as 5, the most that the server takes'],
      requests: 2,
    });
  });

  test('gets a JSON verdict’s instruction alone', async () => {
    const refusal = {
      message:
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
      type: 'invalid_request_error',
      param: 'response_format',
      code: null,
    };
    const decoding = judgeDecoding({ api: 'chat', decoding: { temperature: 0 } }, JSON_BY_FORMAT);
    const { sent, adaptations } = await askedAgain(refusal, decoding);
    expect(sent).toEqual({ temperature: 0 });
    expect(adaptations).toEqual(['response_format was left out: the model rejects it']);
  });

  test('for another reason is not asked again', async () => {
    const decoding = judgeDecoding({ api: 'chat', decoding: {} }, TEXT);
    const { requests, adaptations } = await askedAgain({ message: 'bad prompt' }, decoding);
    expect(requests).toBe(1);
    expect(adaptations).toMatchObject({ kind: 'terminal', error: { kind: 'bad-request' } });
  });
});
