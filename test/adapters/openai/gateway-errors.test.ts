import { describe, expect, test } from 'vitest';
import { judge, reply } from './judging.ts';

describe('gateways and newer servers', () => {
  const of = (status: number, message: string, type: string | null = null) =>
    judge(reply(status, { error: { message, type, code: String(status) } }));

  test('a 503 that speaks of load holds the endpoint, one that loads its model does not', () => {
    const busy = 'The engine is currently busy and cannot accept new requests.';
    const backlog = 'The engine has reached its prefill token backlog limit.';
    for (const message of [busy, backlog]) {
      expect(of(503, message)).toMatchObject({ error: { kind: 'rate-limit' }, holds: 'endpoint' });
    }
    expect(of(503, 'Loading model', 'unavailable_error')).toMatchObject({
      error: { kind: 'server' },
      holds: 'call',
    });
  });

  test('LiteLLM’s 400s for a wrong key and a wrong model are final', () => {
    expect(of(400, 'No connected db.', 'no_db_connection')).toMatchObject({
      kind: 'fatal',
      error: { kind: 'auth' },
    });
    expect(of(400, '/chat/completions: Invalid model name passed in model=nope.')).toMatchObject({
      kind: 'fatal',
      error: { kind: 'not-found' },
    });
  });

  test('llama.cpp names its context error by type', () => {
    expect(of(400, 'too long', 'exceed_context_size_error')).toMatchObject({
      kind: 'terminal',
      error: { kind: 'context-length' },
    });
  });

  test('a detail nested beyond what can be written is a message all the same', () => {
    const deep = `{"detail":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(judge(reply(400, deep))).toMatchObject({
      kind: 'terminal',
      error: { message: 'a detail that is nested too deeply to be shown' },
    });
  });
});
