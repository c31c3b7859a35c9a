// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs name environment variables so.
import { afterEach, expect, test } from 'vitest';
import { expandVariables, isReference } from '../../src/config/environment.ts';
import { secretTexts, withoutSecrets } from '../../src/config/secrets.ts';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from '../cli/workplace.ts';

let here: Workplace | undefined;
afterEach(() => here?.remove());

/** Long and of no known provider's shape: only where it stands says that it is a key. */
const KEY = 'a1B2c3D4e5F6g7H8i9';

test.each<[string, unknown, unknown]>([
  ['a literal key', { apiKey: KEY }, { apiKey: '(removed)' }],
  ['an authorization', { authorization: `Basic ${KEY}` }, { authorization: '(removed)' }],
  ['another spelling', { 'API-Key': KEY, x_y: 'kept' }, { 'API-Key': '(removed)', x_y: 'kept' }],
  ['a list of keys', { token: [KEY, KEY] }, { token: ['(removed)', '(removed)'] }],
  ['a list of short keys', { token: ['short', 'x'] }, { token: ['(removed)', '(removed)'] }],
  ['a list of mappings', [{ secret: KEY }, 'b'], [{ secret: '(removed)' }, 'b']],
  [
    'whatever is below headers',
    { headers: { 'x-any': KEY } },
    { headers: { 'x-any': '(removed)' } },
  ],
  [
    'the key under another name, too',
    { apiKey: KEY, name: KEY },
    { apiKey: '(removed)', name: '(removed)' },
  ],
  [
    'the key inside a text',
    { apiKey: KEY, url: `a/${KEY}/b` },
    { apiKey: '(removed)', url: 'a/(removed)/b' },
  ],
  ['a name that is the key', { apiKey: KEY, [KEY]: 1 }, { apiKey: '(removed)', '(removed)': 1 }],
  [
    'the users of two addresses in one text',
    { note: 'http://ann:pw1@a.example and http://bob:pw2@b.example' },
    { note: 'http://(removed)@a.example and http://(removed)@b.example' },
  ],
  [
    'signatures and keys in queries',
    { file: 'https://x.example/a?sv=1&sig=abc%2Fdef&code=99#top' },
    { file: 'https://x.example/a?sv=1&sig=(removed)&code=(removed)#top' },
  ],
  ['what has the shape of a key', { note: 'use sk-abcdefgh12' }, { note: 'use (removed)' }],
  [
    'no reference',
    { apiKey: '${MY_KEY}', token: '${T:-}' },
    { apiKey: '${MY_KEY}', token: '${T:-}' },
  ],
  [
    'no empty key, number or truth',
    { apiKey: '', key: 5, token: true },
    { apiKey: '', key: 5, token: true },
  ],
])('of a config that is kept, %s goes', (_what, written, kept) => {
  expect(withoutSecrets(written)).toEqual(kept);
});

test.each([
  ['${X}', true],
  [' ${X:-} ', true],
  ['sk-live${X}', false],
  ['${X}sk-live', false],
  ['${X:-sk-live}', false],
  ['X', false],
])('%j holds no secret itself: %s', (text, expected) => {
  expect(isReference(text)).toBe(expected);
  expect(secretTexts({ apiKey: text })).toEqual(expected ? [] : [text.trim()]);
});

test.each([
  ['${X:-d}', { X: '' }, 'd'],
  ['${X:-d}', {}, 'd'],
  ['${X:-d}', { X: 'x' }, 'x'],
  ['${X}', { X: '' }, ''],
  ['a${X}b${Y:-}c', { X: '${Y}' }, 'a${Y}bc'],
])('%s with %j is %j', (text, environment, expected) => {
  expect(expandVariables([text], environment)).toMatchObject({ value: [expected], unset: [] });
});

const ENDPOINT = (inside: string) => [
  'version: 1',
  'name: test',
  'items: [{ file: items.jsonl }]',
  'endpoints:',
  `  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1"${inside} }`,
  'models: [{ name: A, endpoint: gpu, model: a }]',
  'judges: [{ name: J, endpoint: gpu, model: j }]',
];

test.each<[string, readonly string[], string]>([
  [
    'as an unknown key',
    ENDPOINT(`, apiKey: ${KEY}, ${KEY}: x`),
    '5: endpoints.gpu.(removed): unknown key',
  ],
  [
    'as the value of an unknown key',
    ENDPOINT(`, apikey: ${KEY}`),
    'endpoints.gpu.apikey: unknown key',
  ],
  [
    'under a name that takes something else, by an alias',
    [...ENDPOINT(`, apiKey: &k ${KEY}`), 'prompting: *k'],
    'prompting',
  ],
  [
    'as an endpoint that is not there, by an alias',
    [
      ...ENDPOINT(`, apiKey: &k ${KEY}`).slice(0, 6),
      'judges: [{ name: J, endpoint: *k, model: j }]',
    ],
    '"(removed)" is not defined under `endpoints`',
  ],
  ['where the name of its file belongs', ENDPOINT(`, apiKeyFile: ${KEY}`), 'apiKeyFile'],
  [
    'where the name of its file belongs, with a prefix',
    ENDPOINT(', apiKeyFile: sk-abcdefgh0123'),
    'apiKeyFile',
  ],
  ['as a header that is no text', ENDPOINT(`, headers: { x-token: [${KEY}] }`), 'headers'],
  ['in an address that is none', ENDPOINT(`, proxy: "ftp://ann:${KEY}@p.example"`), 'proxy'],
])('a key %s is not in the message', async (_what, lines, said) => {
  here = makeWorkplace();
  here.write('items.jsonl', jsonLines(QUESTIONS));
  here.write('config.yaml', lines.join('\n'));
  const { code, stdout, stderr } = await here.cli(['validate', '@config.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(stdout + stderr).not.toContain(KEY);
  expect(stdout + stderr).not.toContain('sk-abcdefgh0123');
});
