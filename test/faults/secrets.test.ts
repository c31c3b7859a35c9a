import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from './child-run.ts';
import { prepareRehearsal } from './rehearsal.ts';

const KEYS = {
  variable: 'sk-made-up-0123456789-variable',
  file: 'sk-made-up-0123456789-in-a-file',
  azure: 'made-up-0123456789-azure',
  foreign: 'sk-made-up-0123456789-of-another-endpoint',
};

/** A server that fails in every way and tells everybody what it was sent. */
async function startTelltale() {
  const seen: string[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const headers = JSON.stringify(request.headers);
    seen.push(headers);
    count += 1;
    const status = [200, 400, 500, 429, 200, 401][count % 6] ?? 500;
    const telling = { error: { message: `You sent ${headers}`, code: headers } };
    const answer = {
      choices: [{ message: { content: 'An answer.' }, finish_reason: 'stop' }],
      system_fingerprint: 'fp',
    };
    request.resume().on('end', () => {
      response.writeHead(status, { 'retry-after-ms': '10', 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? answer : telling));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

test('no key is in any artefact of a run, though the server repeats every header', async () => {
  const server = await startTelltale();
  const here = await prepareRehearsal({ questions: 12 });
  onTestFinished(() => here.close());
  writeFileSync(join(here.folder, 'key.txt'), `${KEYS.file}\n`);
  const config = JSON.parse(readFileSync(here.config, 'utf8'));
  config.endpoints = {
    written: { kind: 'vllm', baseUrl: `${server.url}/v1`, apiKey: ['$', '{TEST_KEY}'].join('') },
    filed: { kind: 'openai', baseUrl: `${server.url}/v1`, apiKeyFile: 'key.txt' },
    azure: { kind: 'azure', endpoint: server.url, auth: { apiKey: KEYS.azure } },
  };
  const [model] = config.models;
  config.models = Object.keys(config.endpoints).map((endpoint) => ({
    ...model,
    name: endpoint,
    endpoint,
  }));
  config.judges[0].endpoint = 'filed';
  writeFileSync(here.config, JSON.stringify(config));
  const environment = {
    TEST_KEY: KEYS.variable,
    OPENAI_API_KEY: KEYS.foreign,
    AZURE_OPENAI_API_KEY: KEYS.foreign,
    OPENAI_ORG_ID: KEYS.foreign,
  };
  const out = join(here.folder, 'out');
  const outputs: string[] = [];
  for (const args of [
    ['run', here.config, '--db', here.db],
    ['run', here.config, '--db', here.db, '--retry-missing', '--json'],
    ['report', '--db', here.db, '--out', out],
    ['export', '--db', here.db, '--out', join(here.folder, 'ratings.csv')],
    ['run', here.config, '--dry-run'],
    ['run', `${here.config}.gone`],
  ]) {
    const { stdout, stderr } = await startChild(args, { environment }).ended;
    outputs.push(stdout, stderr);
  }
  const sent = server.seen.join('\n');
  // The keys did travel, each to its own endpoint, and no other one did.
  for (const key of [KEYS.variable, KEYS.file, KEYS.azure]) expect(sent).toContain(key);
  expect(sent).not.toContain(KEYS.foreign);
  const artefacts = readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['key.txt', 'config.json'].includes(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(artefacts.length).toBeGreaterThan(3);
  const all = [...artefacts, ...outputs].join('\n');
  expect(all).toContain('You sent');
  for (const key of Object.values(KEYS)) {
    expect(all).not.toContain(key);
    expect(all).not.toContain(Buffer.from(key).toString('base64'));
  }
});
