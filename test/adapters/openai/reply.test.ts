import { describe, expect, test } from 'vitest';
import { completion } from './fake-server.ts';
import { judge, reply } from './judging.ts';

describe('a reply of status 200 is checked before it is believed', () => {
  test.each([
    ['an empty body', '', 'retryable', 'protocol'],
    ['null', 'null', 'retryable', 'protocol'],
    ['a cut body', '{"choices":[{"mess', 'retryable', 'protocol'],
    ['NaN', '{"choices":[{"logprob":NaN}]}', 'retryable', 'protocol'],
    ['a string', '"hello"', 'retryable', 'protocol'],
    ['no choices', { object: 'chat.completion', choices: [] }, 'retryable', 'protocol'],
    ['another service', { status: 'ok' }, 'retryable', 'protocol'],
    [
      'content that is no text',
      { choices: [{ message: { content: { parts: [] } } }] },
      'retryable',
      'protocol',
    ],
    ['HTML', '<!DOCTYPE html><html><title>Log in</title></html>', 'fatal', 'protocol'],
    [
      'a hidden 404',
      { error: { message: 'The model `x` does not exist.', code: 404 } },
      'fatal',
      'not-found',
    ],
    [
      'a hidden 500',
      { error: { message: 'EngineCore encountered an issue.', code: 500 } },
      'retryable',
      'server',
    ],
    [
      'a hidden flat 400',
      { object: 'error', message: 'maximum context length is 4096', code: 400 },
      'terminal',
      'context-length',
    ],
    [
      'a hidden code of its own',
      { error: { message: 'Too long', code: 'context_length_exceeded' } },
      'terminal',
      'context-length',
    ],
    ['an error without a code', { error: 'boom' }, 'retryable', 'protocol'],
    [
      'an aborted generation',
      { choices: [{ message: { content: 'half' }, finish_reason: 'abort' }] },
      'retryable',
      'server',
    ],
    [
      'a generation that ended in an error',
      { choices: [{ message: { content: 'half' }, finish_reason: 'error' }] },
      'retryable',
      'server',
    ],
  ])('%s', (_, body, kind, errorKind) => {
    expect(judge(reply(200, body))).toMatchObject({ kind, error: { kind: errorKind } });
  });

  test('HTML is told by its content type too', () => {
    expect(
      judge(reply(200, 'Welcome', { 'content-type': 'text/html; charset=utf-8' })),
    ).toMatchObject({
      kind: 'fatal',
    });
  });

  test('a stream is a mistake in the decoding', () => {
    const stream = judge(reply(200, 'data: {}\n\n', { 'content-type': 'text/event-stream' }));
    expect(stream).toMatchObject({ kind: 'terminal', error: { kind: 'bad-request' } });
  });

  test('an "error": null beside the choices is no error', () => {
    expect(judge(reply(200, completion('ok', { error: null })))).toMatchObject({ kind: 'reply' });
  });
});

describe('a completion', () => {
  test.each([
    [{ reasoning: 'new', reasoning_content: 'old' }, 'new'],
    [{ reasoning: null, reasoning_content: 'old' }, 'old'],
    [{}, null],
  ])('keeps the reasoning of %j', (fields, reasoning) => {
    const choices = [{ finish_reason: 'length', message: { content: null, ...fields } }];
    expect(judge(reply(200, { choices }))).toMatchObject({
      reply: { content: null, reasoning, finishReason: 'length' },
    });
  });

  test('carries cached and reasoning tokens', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 7,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 5 },
    };
    expect(judge(reply(200, completion('ok', { usage })))).toMatchObject({
      reply: {
        usage: { promptTokens: 10, completionTokens: 7, cachedTokens: 4, reasoningTokens: 5 },
      },
    });
  });

  test('with counts that cannot be has no usage rather than a wrong one', () => {
    const usage = { prompt_tokens: -1, completion_tokens: 7 };
    expect(judge(reply(200, completion('ok', { usage })))).toMatchObject({
      reply: { usage: null },
    });
  });

  test('that was filtered keeps its partial text and the categories', () => {
    const choices = [
      {
        finish_reason: 'content_filter',
        message: { role: 'assistant', content: 'The' },
        content_filter_results: { violence: { filtered: true, severity: 'high' } },
      },
    ];
    expect(judge(reply(200, { model: 'gpt-4o-2024-08-06', choices }))).toEqual({
      kind: 'filtered',
      filter: { stage: 'completion', categories: ['violence (high)'] },
      text: 'The',
      servedModel: 'gpt-4o-2024-08-06',
    });
  });

  test('that was filtered may have no content at all', () => {
    const choices = [{ finish_reason: 'content_filter', message: { role: 'assistant' } }];
    expect(judge(reply(200, { choices }))).toMatchObject({ kind: 'filtered', text: null });
  });

  test('notes that the filter was off, a refusal and choices nobody asked for', () => {
    const off = {
      error: { code: 'content_filter_error', message: 'The contents are not filtered' },
    };
    const choice = {
      finish_reason: 'stop',
      message: { content: null, refusal: 'No.' },
      content_filter_results: off,
    };
    const body = {
      choices: [choice, choice],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: off }],
    };
    expect(judge(reply(200, body))).toMatchObject({
      reply: {
        notes: [
          'content filter was off: The contents are not filtered',
          'refusal: No.',
          '2 choices came back, the first was kept',
        ],
      },
    });
  });
});

describe('content in parts', () => {
  const parts = (content: unknown) =>
    judge(reply(200, { choices: [{ finish_reason: 'stop', message: { content } }] }));

  test('its text is the answer, its thinking is kept apart', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Maybe [[2]].' }] },
      { type: 'text', text: 'Hello ' },
      { type: 'reference', reference_ids: [1] },
      { type: 'text', text: 'there' },
    ];
    expect(parts(content)).toMatchObject({
      reply: { content: 'Hello there', reasoning: 'Maybe [[2]].' },
    });
  });

  test('without a text there is none', () => {
    expect(parts([{ type: 'image_url' }])).toMatchObject({ reply: { content: null } });
  });
});

test.each([
  // Without them LiteLLM's own alias is all that is known; the name is better than a replica's id.
  [{}, 'served-name'],
  [{ 'x-litellm-model-id': 'a1' }, 'a1'],
  [{ 'x-litellm-model-name': 'hosted_vllm/qwen', 'x-litellm-model-id': 'a1' }, 'hosted_vllm/qwen'],
])('behind LiteLLM with %j the model that served is %s', (headers, servedModel) => {
  expect(judge(reply(200, completion('ok'), headers))).toMatchObject({ reply: { servedModel } });
});

test('of several choices the one of index 0 counts', () => {
  const choice = (index: number, content: string) => ({ index, message: { content } });
  expect(judge(reply(200, { choices: [choice(1, 'b'), choice(0, 'a')] }))).toMatchObject({
    reply: { content: 'a' },
  });
});

test('JSON of an unusable shape is told apart from nothing at all, which may be a slip', () => {
  const codeOf = (body: unknown) => {
    const outcome = judge(reply(200, body));
    return 'error' in outcome ? outcome.error.code : outcome.kind;
  };
  expect([codeOf({ choices: 7 }), codeOf('{'), codeOf('')]).toEqual([
    'unusable-json',
    'invalid-json',
    null,
  ]);
});
