import { expect, test } from 'vitest';
import {
  classifyTokenFailure,
  type GetToken,
} from '../../../src/adapters/openai/connection/azure-auth.ts';
import { type Answer, completion, sendJson } from './fake-server.ts';
import { ask, CHAT, model, serve } from './setup.ts';

const EXPIRED = {
  statusCode: 401,
  message:
    'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.',
};
const HOUR = 3_600_000;

/** Issues token-1, token-2, … and counts how often it was asked. */
function issuer(lifetimeMs: number = HOUR) {
  const issued: string[] = [];
  const getToken: GetToken = async (scope) => {
    issued.push(scope);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { token: `token-${issued.length}`, expiresOnTimestamp: Date.now() + lifetimeMs };
  };
  return { issued, getToken };
}

async function entra(answer: Answer, getToken: GetToken) {
  const fake = await serve(answer);
  const written = { kind: 'azure', endpoint: fake.origin, auth: { entra: { scope: 'my-scope' } } };
  return { fake, azure: await model(written, { getToken }) };
}

function accepting(token: string): Answer {
  return (request, response) =>
    request.headers.authorization === `Bearer ${token}`
      ? sendJson(response, 200, completion('ok'))
      : sendJson(response, 401, EXPIRED);
}

test('20 calls at once share one token', async () => {
  const { issued, getToken } = issuer();
  const { azure } = await entra(accepting('token-1'), getToken);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask(azure)));
  expect(outcomes.every(({ kind }) => kind === 'reply')).toBe(true);
  expect(issued).toEqual(['my-scope']);
});

test('a token that has expired by its own date is replaced before the call', async () => {
  const { issued, getToken } = issuer(0);
  const { fake, azure } = await entra(
    (_, response) => sendJson(response, 200, completion('ok')),
    getToken,
  );
  await ask(azure);
  await ask(azure);
  expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
  expect(issued).toHaveLength(2);
});

test('a refused token is renewed once for all the calls it was refused to, inside the same ask', async () => {
  const { issued, getToken } = issuer();
  const { azure } = await entra(accepting('token-2'), getToken);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask(azure)));
  expect(outcomes.every(({ kind }) => kind === 'reply')).toBe(true);
  expect(issued).toHaveLength(2);
});

test('a token that is refused twice is fatal and tells what to check', async () => {
  const { issued, getToken } = issuer();
  const { fake, azure } = await entra((_, response) => sendJson(response, 401, EXPIRED), getToken);
  const outcome = await ask(azure);
  expect(outcome).toMatchObject({ kind: 'fatal', error: { kind: 'auth', status: 401 } });
  expect('error' in outcome ? outcome.error.message : '').toMatch(
    /audience is incorrect.*my-scope/,
  );
  expect(fake.requests).toHaveLength(2);
  expect(issued).toHaveLength(2);
});

test('a token service that fails holds back the endpoint and the next call asks it again', async () => {
  let asked = 0;
  const { fake, azure } = await entra(accepting('late'), async () => {
    asked += 1;
    if (asked === 1) throw new Error('IMDS answered 429');
    return { token: 'late', expiresOnTimestamp: Date.now() + HOUR };
  });
  const first = await ask(azure);
  expect(first).toMatchObject({ kind: 'retryable', holds: 'endpoint', error: { kind: 'auth' } });
  expect('error' in first ? first.error.message : '').toContain('IMDS answered 429');
  expect(fake.requests).toHaveLength(0);
  expect(await ask(azure)).toMatchObject({ kind: 'reply' });
});

test('an abort does not wait for the token', async () => {
  const stop = new Error('stop');
  const controller = new AbortController();
  const { azure } = await entra(accepting('never'), () => {
    controller.abort(stop);
    return new Promise(() => undefined);
  });
  const call = azure.ask(CHAT, { signal: controller.signal, requestId: 'a' });
  await expect(call).rejects.toBe(stop);
});

function named(name: string, more: object = {}): Error {
  return Object.assign(new Error('said'), { name, ...more });
}

test.each([
  ['no credential at all', named('CredentialUnavailableError'), 'fatal'],
  [
    'a chain without any',
    named('AggregateAuthenticationError', { errors: [named('CredentialUnavailableError')] }),
    'fatal',
  ],
  ['a wrong secret', named('AuthenticationError', { statusCode: 401 }), 'fatal'],
  ['a busy token service', named('AuthenticationError', { statusCode: 429 }), 'retryable'],
  ['a broken token service', named('AuthenticationError', { statusCode: 503 }), 'retryable'],
  [
    'a chain with one that is busy',
    named('AggregateAuthenticationError', {
      errors: [
        named('CredentialUnavailableError'),
        named('AuthenticationError', { statusCode: 429 }),
      ],
    }),
    'retryable',
  ],
])('%s is %s', (_, error, kind) => {
  expect(classifyTokenFailure(error, 'scope')).toMatchObject({ kind, error: { kind: 'auth' } });
});
