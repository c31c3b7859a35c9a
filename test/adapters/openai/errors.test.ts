import { describe, expect, test } from 'vitest';
import { judge, reply, TARGET } from './judging.ts';

describe('the text of an error is found in every shape', () => {
  test.each([
    [
      'nested',
      { error: { message: 'bad n', type: 'BadRequestError', param: null, code: 400 } },
      'bad n',
      '400',
    ],
    [
      'flat vLLM',
      { object: 'error', message: 'bad n', type: 'BadRequestError', param: null, code: 400 },
      'bad n',
      '400',
    ],
    ['a string', { error: 'bad n' }, 'bad n', null],
    ['FastAPI', { detail: 'bad n' }, 'bad n', null],
    [
      'FastAPI validation',
      { detail: [{ loc: ['body'], msg: 'bad n' }] },
      '[{"loc":["body"],"msg":"bad n"}]',
      null,
    ],
    ['Azure top level', { statusCode: 400, message: 'bad n' }, 'bad n', '400'],
    ['plain text', 'bad n', 'bad n', null],
    [
      'HTML',
      '<html><head><title>400 Bad Request</title></head></html>',
      'HTTP 400 with an HTML page: 400 Bad Request',
      null,
    ],
    ['empty', '', 'HTTP 400 with an empty body', null],
    ['null', 'null', 'null', null],
  ])('%s', (_, body, message, code) => {
    expect(judge(reply(400, body))).toEqual({
      kind: 'terminal',
      error: { kind: 'bad-request', message, status: 400, code },
    });
  });
});

describe('a prompt that is too long is final for its item', () => {
  test.each([
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion). Please reduce the length of the messages or completion.",
    "This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.",
    "'max_tokens' or 'max_completion_tokens' is too large: 1000. This model's maximum context length is 4096 tokens and your request has 4000 input tokens (1000 > 4096 - 4000).",
    "You passed 98305 input tokens and requested 32768 output tokens. However, the model's context length is only 131072 tokens, resulting in a maximum input length of 98304 tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=98305)",
    'You passed 900000 input characters and requested 10 output tokens (at most 800000 characters).',
    'max_tokens=140000cannot be greater than max_model_len=max_total_tokens=131072. Please request fewer output tokens.',
  ])('%s', (message) => {
    expect(judge(reply(400, { error: { message, code: 400 } }))).toMatchObject({
      kind: 'terminal',
      error: { kind: 'context-length', message },
    });
  });

  test('told by Azure through its code alone', () => {
    const body = {
      error: { message: 'Too long.', code: 'context_length_exceeded', param: 'messages' },
    };
    expect(judge(reply(400, body))).toMatchObject({
      kind: 'terminal',
      error: { kind: 'context-length', code: 'context_length_exceeded' },
    });
  });

  test('but an output cap that the model lacks is a wrong setting', () => {
    const message =
      'max_tokens is too large: 100000. This model supports at most 16384 completion tokens.';
    expect(judge(reply(400, { error: { message } }))).toMatchObject({
      kind: 'terminal',
      error: { kind: 'bad-request' },
    });
  });
});

describe('a status sorts the error', () => {
  test.each([
    [400, { error: { message: 'Request id a-a1 already running.' } }, 'retryable', 'server'],
    [401, { error: 'Unauthorized' }, 'fatal', 'auth'],
    [402, 'pay', 'fatal', 'quota'],
    [
      403,
      { error: { code: 'PermissionDenied', message: 'lacks the required data action' } },
      'fatal',
      'auth',
    ],
    [
      404,
      { error: { message: 'The model `qwen` does not exist.', code: 404 } },
      'fatal',
      'not-found',
    ],
    [404, { detail: 'Not Found' }, 'fatal', 'not-found'],
    [405, { detail: 'Method Not Allowed' }, 'fatal', 'not-found'],
    [408, '', 'retryable', 'timeout'],
    [407, '', 'fatal', 'auth'],
    [409, '', 'retryable', 'server'],
    [425, 'too early', 'retryable', 'server'],
    [410, 'gone', 'fatal', 'not-found'],
    [413, 'too big', 'terminal', 'bad-request'],
    [422, { detail: [] }, 'terminal', 'bad-request'],
    [
      429,
      { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
      'fatal',
      'quota',
    ],
    [500, '', 'retryable', 'server'],
    [502, '<html><title>Bad Gateway</title></html>', 'retryable', 'server'],
    [
      503,
      { error: 'The model is currently scaling. Please try again later.' },
      'retryable',
      'server',
    ],
    [504, '', 'retryable', 'server'],
    [307, '', 'fatal', 'protocol'],
  ] as const)('%i %j is %s, %s', (status, body, kind, errorKind) => {
    expect(judge(reply(status, body))).toMatchObject({ kind, error: { kind: errorKind, status } });
  });

  test('a refused key is told with the endpoint and what to check', () => {
    expect(judge(reply(401, { error: 'Unauthorized' }))).toMatchObject({
      error: {
        message:
          "http://gpu:8000/v1 refused access (401: Unauthorized); check the endpoint's apiKey",
      },
    });
  });
});

describe('what to change is in the message', () => {
  test('a validation error that repeats a prompt about a deprecated model ends its item alone', () => {
    const message =
      "Input should be a string: [{'input': 'The model T is deprecated, no longer available. Request id 7 already running'}]";
    expect(judge(reply(400, { error: { message, code: 400 } }))).toMatchObject({
      kind: 'terminal',
      error: { kind: 'bad-request' },
    });
  });

  test.each([
    [404, { error: { code: '404', message: 'Resource not found' } }, /deployment "gpt-4o"/],
    [
      404,
      {
        error: {
          code: 'DeploymentNotFound',
          message: 'The API deployment for this resource does not exist.',
        },
      },
      /deployment "gpt-4o"/,
    ],
    [
      400,
      {
        error: {
          message:
            'The chatCompletion operation does not work with the specified model, gpt-35-turbo.',
        },
      },
      /deployment "gpt-4o" is retired/,
    ],
    [
      410,
      {
        error: {
          message:
            'The model associated with the deployment is deprecated and no longer available for use.',
        },
      },
      /deployment "gpt-4o" is retired/,
    ],
  ])('%i %j names the deployment', (status, body, said) => {
    const target = { ...TARGET, noun: 'deployment' as const, model: 'gpt-4o' };
    const outcome = judge(reply(status, body), target);
    expect(outcome).toMatchObject({ kind: 'fatal', error: { kind: 'not-found', status } });
    expect('error' in outcome ? outcome.error.message : '').toMatch(said);
  });

  test.each([
    [
      'unsupported_parameter',
      'max_tokens',
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
    ],
    ['unsupported_value', 'temperature', 'Unsupported value.'],
  ])('%s keeps its code and its parameter', (code, param, message) => {
    const outcome = judge(
      reply(400, { error: { message, type: 'invalid_request_error', param, code } }),
    );
    expect(outcome).toMatchObject({ kind: 'terminal', error: { kind: 'bad-request', code } });
    expect('error' in outcome ? outcome.error.message : '').toContain(param);
  });
});

describe('a rate limit holds the endpoint for as long as the server says', () => {
  test.each([
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, '', 250],
    [{ 'retry-after': '7' }, 'Please retry after 9 seconds.', 7000],
    [{ 'retry-after': '86400' }, '', 86_400_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, '', 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:59:00 GMT' }, '', null],
    [{ 'retry-after': '-1' }, '', null],
    [{ 'retry-after': '0' }, 'Please retry after 3 seconds to go on.', 3000],
    [{ 'retry-after': 'soon', 'retry-after-ms': 'NaN' }, '', null],
    [
      {},
      'have exceeded token rate limit. Please retry after 86400 seconds. Please go here',
      86_400_000,
    ],
    [{}, 'Please retry after 1 second.', 1000],
    [{}, 'Rate limit is exceeded. Try again in 2 seconds.', 2000],
    [{}, 'Please try again in 20s. Visit', 20_000],
    [{}, 'Please try again in 1m12.5s.', 72_500],
    [{}, 'Please try again in 6ms.', 6],
    [{}, 'Too many requests', null],
  ] as const)('%j, "%s"', (headers, message, waitMs) => {
    expect(judge(reply(429, { error: { code: '429', message } }, headers))).toMatchObject({
      kind: 'retryable',
      waitMs,
      holds: 'endpoint',
      error: { kind: 'rate-limit', status: 429, code: '429' },
    });
  });

  test('an overloaded server holds the call alone', () => {
    expect(judge(reply(503, '', { 'retry-after': '2' }))).toMatchObject({
      waitMs: 2000,
      holds: 'call',
    });
  });
});

describe('a blocked prompt keeps the categories that fired', () => {
  const results = {
    hate: { filtered: false, severity: 'safe' },
    jailbreak: { filtered: true, detected: true },
    violence: { filtered: true, severity: 'medium' },
  };
  test.each([
    [
      'innererror',
      { innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: results } },
      ['jailbreak', 'violence (medium)'],
    ],
    [
      'inner_error',
      { inner_error: { code: 'ResponsibleAIPolicyViolation', content_filter_results: results } },
      ['jailbreak', 'violence (medium)'],
    ],
    ['no inner error', {}, []],
  ])('%s', (_, inner, categories) => {
    const error = {
      message: 'filtered',
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      ...inner,
    };
    expect(judge(reply(400, { error }))).toEqual({
      kind: 'filtered',
      filter: { stage: 'prompt', categories },
      text: null,
      servedModel: null,
    });
  });
});
