import { expect, test } from 'vitest';
import { completion } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

const latin1 = (text: string) => Buffer.from(JSON.stringify(completion(text)), 'latin1');
const utf8 = (text: string) => Buffer.from(JSON.stringify(completion(text)));

test.each([
  ['UTF-8', 'application/json', utf8('São João'), { text: 'São João', note: null }],
  [
    'ASCII of any name',
    'application/json; charset=iso-8859-1',
    utf8('Ola'),
    { text: 'Ola', note: null },
  ],
  [
    'declared ISO-8859-1',
    'application/json; charset=ISO-8859-1',
    latin1('São'),
    { text: 'São', note: /windows-1252 and was decoded/ },
  ],
  [
    'UTF-8 under another name',
    'application/json; charset=ISO-8859-1',
    utf8('São'),
    { text: 'São', note: /but is UTF-8/ },
  ],
  [
    'broken UTF-8',
    'application/json',
    latin1('São'),
    { text: 'S\ufffdo', note: /replaced by U\+FFFD/ },
  ],
  [
    'an unknown encoding',
    'application/json; charset=klingon',
    latin1('São'),
    { text: 'S\ufffdo', note: /replaced by U\+FFFD/ },
  ],
  [
    'UTF-16',
    'application/json; charset=utf-16le',
    Buffer.from(JSON.stringify(completion('答え')), 'utf16le'),
    { text: '答え', note: /utf-16le and was decoded/ },
  ],
])(
  'an answer in %s is read, and noted where it is not clean UTF-8',
  async (_name, type, body, { text, note }) => {
    const fake = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    const outcome = await ask(await model({ kind: 'vllm', baseUrl: fake.origin }));
    if (outcome.kind !== 'reply') return expect.fail(outcome.kind);
    expect(outcome.reply.content).toBe(text);
    expect(outcome.reply.notes).toEqual(note === null ? [] : [expect.stringMatching(note)]);
  },
);
