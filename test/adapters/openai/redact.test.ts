import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/adapters/openai/failure/redact.ts';
import { sendJson } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

test.each([400, 401, 404, 429, 500, 200])(
  'a key echoed with status %i reaches nobody',
  async (status) => {
    const fake = await serve(({ headers }, response) => {
      const message = `bad ${headers.authorization} in ${JSON.stringify(headers)}`;
      sendJson(response, status, { error: { message, code: `${headers.authorization}` } });
    });
    const vllm = await model({
      kind: 'vllm',
      baseUrl: `${fake.origin}/v1`,
      apiKey: 'sk-"secret"/42',
    });
    const outcome = await ask(vllm);
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(JSON.stringify(outcome)).toContain('[redacted]');
  },
);

test('an Entra token echoed in an error and in the list of models reaches nobody', async () => {
  const fake = await serve(({ headers }, response) =>
    sendJson(response, 500, { error: { message: `token ${headers.authorization}` } }),
  );
  const azure = await model(
    { kind: 'azure', endpoint: fake.origin, auth: { entra: {} } },
    {
      getToken: async () => ({
        token: 'eyJ.secret.sig',
        expiresOnTimestamp: Date.now() + 3_600_000,
      }),
    },
  );
  const outcome = await ask(azure);
  const listing = await azure.listModels(new AbortController().signal);
  expect(JSON.stringify([outcome, listing])).not.toContain('secret');
  expect(listing).toMatchObject({
    kind: 'unreachable',
    error: { message: 'token Bearer [redacted]' },
  });
});

test('a short key goes only where it stands alone', () => {
  const redactor = createRedactor();
  redactor.learn('EMPTY');
  expect(redactor.redact('Bearer EMPTY; EMPTYING, "EMPTY"')).toBe(
    'Bearer [redacted]; EMPTYING, "[redacted]"',
  );
});

test('no secret of 8 characters or more survives in any text', () => {
  const secrets = fc.array(
    fc.string({ minLength: 8, unit: fc.constantFrom(...'aB1$^.*+?()[]{}|\\/-"') }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (all, before, after) => {
      const redactor = createRedactor();
      for (const secret of all) redactor.learn(secret);
      const clean = redactor.redact(all.map((secret) => before + secret + after).join(' '));
      expect(all.filter((secret) => clean.includes(secret))).toEqual([]);
    }),
    { seed: 20_261_122 },
  );
});

const KEY = 'sk-secret-0123456789';

test('a reply that repeats its key in every field keeps none of it, and says so', async () => {
  const basic = Buffer.from(`user:${KEY}`).toString('base64');
  const fake = await serve(({ headers }, response) => {
    const echoed = `${headers.authorization}`;
    sendJson(response, 200, {
      model: echoed,
      system_fingerprint: echoed,
      choices: [
        {
          finish_reason: echoed,
          message: {
            content: `You sent ${echoed}, in base64 ${Buffer.from(echoed).toString('base64')} or ${basic}.`,
            reasoning_content: `It is ${echoed}`,
            refusal: echoed,
          },
        },
      ],
    });
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, apiKey: KEY });
  const outcome = await ask(vllm);
  if (outcome.kind !== 'reply') throw new Error(outcome.kind);
  expect(outcome.reply).toMatchObject({
    content: 'You sent Bearer [redacted], in base64 [redacted] or [redacted].',
    reasoning: 'It is Bearer [redacted]',
    finishReason: 'Bearer [redacted]',
    servedModel: 'Bearer [redacted]',
    systemFingerprint: 'Bearer [redacted]',
    notes: [
      'refusal: Bearer [redacted]',
      'the reply repeated the key of its endpoint, which was taken out',
    ],
  });
});

test('a key that is a word stays in an answer, but not behind its header', async () => {
  const fake = await serve((_request, response) =>
    sendJson(response, 200, {
      choices: [{ finish_reason: 'stop', message: { content: 'An EMPTY cup; Bearer EMPTY.' } }],
    }),
  );
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, apiKey: 'EMPTY' });
  expect(await ask(vllm)).toMatchObject({
    reply: { content: 'An EMPTY cup; Bearer [redacted].' },
  });
});

test('base64 of whatever ends or begins with a secret goes, at every offset and in both alphabets', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 9 }),
      fc.string({ minLength: 12, maxLength: 60, unit: 'grapheme-ascii' }),
      fc.string({ maxLength: 9 }),
      fc.constantFrom('base64', 'base64url'),
      (before, secret, after, alphabet) => {
        const redactor = createRedactor();
        redactor.learn(secret);
        const encoded = Buffer.from(before + secret + after).toString(alphabet);
        expect(redactor.redact(`a ${encoded} b`)).toBe('a [redacted] b');
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});
