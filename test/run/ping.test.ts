import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { makeWorkplace, type Workplace } from '../cli/workplace.ts';

let here: Workplace;
let server: Server;
afterEach(async () => {
  here.remove();
  await new Promise((closed) => server.close(closed));
});

/** What `validate --ping` says of a server that serves model `m` as this version of vLLM. */
async function ping(version: string | null, judge: string, decoding = '{}') {
  server = createServer((request, response) => {
    const known: Record<string, unknown> = {
      '/v1/models': { object: 'list', data: [{ id: 'm', object: 'model' }] },
      ...(version === null ? {} : { '/version': { version } }),
    };
    const body = known[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { detail: 'Not Found' }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  here = makeWorkplace();
  here.write(
    'items.jsonl',
    `${JSON.stringify({ question: 'q?', reference: 'r', culture: 'Arab', language: 'en', category: 'Literacy' })}\n`,
  );
  here.write(
    'config.yaml',
    [
      'version: 1',
      'name: ping',
      'items: [{ file: items.jsonl }]',
      `endpoints: { gpu: { kind: vllm, baseUrl: "http://127.0.0.1:${port}/v1" } }`,
      `models: [{ name: M, endpoint: gpu, model: m, decoding: ${decoding} }]`,
      `judges: [{ name: J, endpoint: gpu, model: m${judge} }]`,
      '',
    ].join('\n'),
  );
  const { code, stdout } = await here.cli(['validate', '@config.yaml', '--ping']);
  return { code, line: stdout.split('\n').find((line) => line.includes('endpoint gpu')) ?? '' };
}

// vLLM removed guided_* in 0.12.0 (#29326) and answers 200 with unconstrained text; before 0.10.2 it
// did the same with structured_outputs.
test.each([
  ['0.11.2', ', verdict: { json: guided_json }', '{}', null],
  ['0.12.0', ', verdict: { json: guided_json }', '{}', 'J: vLLM 0.12.0 ignores guided_json'],
  ['0.32.1', '', '{ guided_choice: [a, b] }', 'M: vLLM 0.32.1 ignores guided_choice'],
  ['0.32.1', ', verdict: { json: structured_outputs }', '{}', null],
  [
    '0.10.1',
    ', verdict: { json: structured_outputs }',
    '{}',
    'ignores structured_outputs; use gui',
  ],
  ['0.10.2', ', verdict: { json: structured_outputs }', '{}', null],
  ['0.1.dev1+g8ec21a5', ', verdict: { json: guided_json }', '{}', null],
  [null, ', verdict: { json: guided_json }', '{}', null],
])('--ping of vLLM %s with%s and %s', async (version, judge, decoding, problem) => {
  const { code, line } = await ping(version, judge, decoding);
  if (problem === null) expect([code, line]).toEqual([0, '  endpoint gpu: ok, serves m']);
  else {
    expect(code).toBe(2);
    expect(line).toContain(`PROBLEM, serves m; `);
    expect(line).toContain(problem);
  }
});
