// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs name environment variables so.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from '../cli/workplace.ts';

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
  here.write('items.jsonl', jsonLines(QUESTIONS));
});
afterEach(() => here.remove());

/** A config that is right; a case replaces one part of it. */
const LINES = [
  'version: 1', // 1
  'name: test', // 2
  'items: [{ file: items.jsonl }]', // 3
  'endpoints:', // 4
  '  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1" }', // 5
  '  azure: { kind: azure, endpoint: "https://x.example", auth: { apiKey: k } }', // 6
  'models:', // 7
  '  - { name: A, variant: Base, endpoint: gpu, model: a }', // 8
  '  - { name: A, variant: Tuned, endpoint: gpu, model: b, baseline: Base }', // 9
  'judges:', // 10
  '  - { name: J, endpoint: azure, model: j }', // 11
];

const TOP =
  '$schema, version, name, items, select, endpoints, models, prompting, trials, judges, juries, rubrics, rubricLanguage, given, anchors, audit, limits, budget';
const VLLM =
  'kind, baseUrl, apiKey, apiKeyFile, concurrency, rpm, tpm, timeouts, maxReplyMb, headers, batch, proxy';
const AZURE =
  'kind, endpoint, apiVersion, auth, concurrency, rpm, tpm, timeouts, maxReplyMb, headers, batch, proxy';
const MODEL =
  'name, variant, family, cultures, endpoint, model, api, decoding, strictParams, price, responses, best, baseline, size, dataShare';

/** [what, { line number: replacement }, messages without the file] */
const CASES: readonly [string, Record<number, string>, readonly string[]][] = [
  [
    'an unknown key at the top',
    { 2: 'name: test\nmodel: x' },
    [`3: model: unknown key; did you mean "models"? Known keys: ${TOP}.`],
  ],
  [
    'an unknown key of a vLLM endpoint, with the keys of that kind alone',
    { 5: '  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1", apiVersion: v1 }' },
    [`5: endpoints.gpu.apiVersion: unknown key. Known keys: ${VLLM}.`],
  ],
  [
    'an unknown key of an Azure endpoint, with the keys of that kind alone',
    { 6: '  azure: { kind: azure, endpoint: "https://x.example", auth: { apiKey: k }, rpmm: 5 }' },
    [`6: endpoints.azure.rpmm: unknown key; did you mean "rpm"? Known keys: ${AZURE}.`],
  ],
  [
    'a kind that does not exist',
    { 5: '  gpu: { kind: vlm, baseUrl: "http://127.0.0.1:9/v1" }' },
    ['5: endpoints.gpu.kind: must be one of vllm, azure, openai, simulated; did you mean "vllm"?'],
  ],
  [
    'a missing kind',
    { 5: '  gpu: { baseUrl: "http://127.0.0.1:9/v1" }' },
    ['5: endpoints.gpu.kind: is missing; must be one of vllm, azure, openai, simulated'],
  ],
  ['a missing field', { 2: '# name' }, ['1: name: is missing; expected text']],
  ['an empty field', { 2: 'name:' }, ['2: name: is empty; expected text']],
  [
    'a number where text belongs',
    { 8: '  - { name: 7, variant: Base, endpoint: gpu, model: a }' },
    ['8: models[0].name: expected text, found a number; put it in quotes'],
  ],
  [
    'a list where a mapping belongs',
    { 11: '  - [J]' },
    ['11: judges[0]: expected a mapping (key: value), found a list'],
  ],
  [
    'a fraction where a whole number belongs',
    { 5: '  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1", concurrency: 1.5 }' },
    ['5: endpoints.gpu.concurrency: expected a whole number, found a fraction'],
  ],
  [
    'a number out of its range',
    { 5: '  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1", concurrency: 0 }' },
    ['5: endpoints.gpu.concurrency: must be at least 1'],
  ],
  [
    'a URL without http',
    { 5: '  gpu: { kind: vllm, baseUrl: "127.0.0.1:9/v1" }' },
    ['5: endpoints.gpu.baseUrl: must be an http or https URL'],
  ],
  [
    'a missing way to log in',
    { 6: '  azure: { kind: azure, endpoint: "https://x.example" }' },
    ['6: endpoints.azure.auth: is missing; expected a mapping (key: value)'],
  ],
  ['another version', { 1: 'version: 2' }, ['1: version: must be 1']],
  ['an empty list', { 3: 'items: []' }, ['3: items: must list at least 1']],
  [
    'questions that a judge rates without a judge',
    { 10: 'judges: []', 11: '' },
    [
      '10: judges: 2 questions without a right answer and no judge to rate the answers; add one, or say `scoring: choice` or `short-answer` for sources with a right answer',
    ],
  ],
  [
    'a choice that does not exist',
    { 8: '  - { name: A, variant: Base, endpoint: gpu, model: a, api: completion }' },
    ['8: models[0].api: must be one of chat, completions; did you mean "completions"?'],
  ],
  [
    'several missing environment variables, each by name',
    {
      5: '  gpu: { kind: vllm, baseUrl: "http://${CJ_HOST}:${CJ_PORT}/v1" }',
      6: '  azure: { kind: azure, endpoint: "https://x.example", auth: { apiKey: "${CJ_KEY}" } }',
    },
    [
      '5: endpoints.gpu.baseUrl: environment variable CJ_HOST is not set: export it, or write ${CJ_HOST:-default}',
      '5: endpoints.gpu.baseUrl: environment variable CJ_PORT is not set: export it, or write ${CJ_PORT:-default}',
      '6: endpoints.azure.auth.apiKey: environment variable CJ_KEY is not set: export it, or write ${CJ_KEY:-default}',
    ],
  ],
  [
    'an endpoint that is not defined',
    { 8: '  - { name: A, variant: Base, endpoint: gpuu, model: a }' },
    ['8: models[0].endpoint: "gpuu" is not defined under `endpoints`; did you mean "gpu"?'],
  ],
  [
    'a judge at an endpoint that is not defined',
    { 11: '  - { name: J, endpoint: nowhere, model: j }' },
    ['11: judges[0].endpoint: "nowhere" is not defined under `endpoints`; defined are: gpu, azure'],
  ],
  [
    'a name and variant used twice',
    { 9: '  - { name: A, variant: Base, endpoint: gpu, model: b }' },
    [
      '9: models[1].name: "A (Base)" is the name of a model above; give one of them another name or a variant',
    ],
  ],
  [
    'two judges of one name',
    { 11: '  - { name: J, endpoint: azure, model: j }\n  - { name: J, endpoint: gpu, model: j2 }' },
    ['12: judges[1].name: "J" is the name of a judge above; their names must differ'],
  ],
  [
    'a baseline that is no other variant',
    { 9: '  - { name: A, variant: Tuned, endpoint: gpu, model: b, baseline: Tuned }' },
    ['9: models[1].baseline: must be another variant of A; it has Base'],
  ],
  [
    'a model that can be neither asked nor read',
    { 8: '  - { name: A, variant: Base }' },
    [
      '8: models[0]: needs `endpoint` and `model` to be asked, or `responses`, a file of answers made elsewhere',
    ],
  ],
  [
    'a body field that the program fills in',
    { 8: '  - { name: A, variant: Base, endpoint: gpu, model: a, decoding: { n: 3 } }' },
    ['8: models[0].decoding.n: is set by the program; take it out (repeated answers: `trials`)'],
  ],
  [
    'body fields of a judge that the program fills in',
    {
      11: '  - { name: J, endpoint: azure, model: j, decoding: { n: 3, messages: [a], stream: true } }',
    },
    ['messages', 'stream', 'n'].map(
      (key) =>
        `11: judges[0].decoding.${key}: is set by the program; take it out (repeated answers: \`trials\`)`,
    ),
  ],
  [
    'what is asked and what is paid of answers that are recorded',
    {
      8: '  - { name: A, variant: Base, endpoint: gpu, model: a, price: { prompt: 1, completion: 1 }, responses: gone.jsonl }',
    },
    [
      ...['endpoint', 'model', 'price'].map(
        (key) =>
          `8: models[0].${key}: does not go with \`responses\`: those answers are not asked for`,
      ),
      '8: models[0].responses: there is no file HERE/gone.jsonl',
    ],
  ],
  [
    'two judges of one name',
    {
      11: '  - { name: J, endpoint: azure, model: j }\n  - { name: J, endpoint: azure, model: k }',
    },
    ['12: judges[1].name: "J" is the name of a judge above; their names must differ'],
  ],
  [
    'a file of questions that is not there',
    { 3: 'items: [{ file: questions.jsonl }]' },
    ['3: items[0].file: there is no file HERE/questions.jsonl (paths are relative to the config)'],
  ],
  [
    'a file of recorded answers that is not there',
    { 8: '  - { name: A, variant: Base, responses: answers.jsonl }' },
    ['8: models[0].responses: there is no file HERE/answers.jsonl'],
  ],
  [
    'a style that is neither bundled nor a file',
    { 2: 'name: test\nprompting: [zero-shto, mine.hbs]' },
    [
      '3: prompting[0]: "zero-shto" is no bundled template; bundled are zero-shot, chain-of-thought, role-play; a file of your own is named by its path, ending in .hbs',
      '3: prompting[1]: there is no template file mine.hbs (paths are relative to the config)',
    ],
  ],
  [
    'a style listed twice',
    { 2: 'name: test\nprompting: [zero-shot, zero-shot]' },
    ['3: prompting[1]: "zero-shot" is listed twice; take one of the two out'],
  ],
  [
    'a category without a rubric, at the rubrics',
    { 2: 'name: test\nrubrics:\n  Literacy: literacy' },
    [
      '3: rubrics: no rubric for the category "Social norms" (1 item); add a line `Social norms: PATH.hbs`, or leave the category out with `select`',
    ],
  ],
  [
    'a selected value that no question has, at its line',
    { 2: 'name: test\nselect:\n  perCell: 1\n  culture: [Chinees]' },
    [
      '5: select.culture: no item has the culture "Chinees"; did you mean "Chinese"? the items have: Chinese',
    ],
  ],
  [
    'a price that the budget needs',
    {
      2: 'name: test\nbudget: { usd: 5 }',
      8: '  - { name: A, variant: Base, endpoint: gpu, model: a, price: { prompt: 1, completion: 1 } }',
      9: '',
      11: '  - { name: J, endpoint: azure, model: j }',
    },
    [
      '12: judges[0]: needs `price: { prompt: …, completion: … }` (US dollars for a million tokens), because a budget is set',
    ],
  ],
];

test.for(CASES)(
  'refuses %s with the line and what to write instead; makes and calls nothing',
  async ([, replacements, messages]) => {
    const text = LINES.map((line, index) => replacements[index + 1] ?? line).join('\n');
    here.write('config.yaml', text);
    const expected = messages.map((message) => `HERE/config.yaml:${message}\n`).join('');
    const validated = await here.cli(['validate', '@config.yaml']);
    expect(validated.stderr).toBe(`care-judge: ${expected}`);
    expect(validated).toMatchObject({ code: 2, stdout: '' });
    const run = await here.cli(['run', '@config.yaml', '--db', '@new/store.sqlite']);
    expect(run).toEqual(validated);
    expect(here.files()).toEqual(['config.yaml', 'items.jsonl']);
  },
);

test('the config that the cases spoil is itself valid', async () => {
  here.write('config.yaml', LINES.join('\n'));
  expect(await here.cli(['validate', '@config.yaml'])).toMatchObject({ code: 0, stderr: '' });
});

test('tells problems of schema, environment, names, files, templates and questions at once', async () => {
  here.write('rubric.hbs', 'Rate {{response}} for {{question}}.');
  here.write('more.jsonl', '{"question": "q", "reference": "", "culture": "c"}\nnot json\n');
  here.write(
    'config.yaml',
    [
      'version: 1',
      'name: test',
      'itms: []',
      'items: [{ file: items.jsonl }, { file: more.jsonl }, { file: gone.csv }]',
      'endpoints:',
      '  gpu: { kind: vllm, baseUrl: "${CJ_URL}" }',
      'models:',
      '  - { name: A, endpoint: gpu, model: a, decodign: {} }',
      '  - { name: 5, endpoint: gpu, model: a }',
      '  - { name: A, endpoint: gpus, model: b }',
      'judges: [{ name: J, endpoint: gpu, model: j }]',
      'rubrics: { Literacy: rubric.hbs, Social norms: rubrics.hbs }',
    ].join('\n'),
  );
  const { code, stderr } = await here.cli(['validate', '@config.yaml']);
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n')).toEqual([
    `care-judge: HERE/config.yaml:3: itms: unknown key; did you mean "items"? Known keys: ${TOP}.`,
    'HERE/config.yaml:6: endpoints.gpu.baseUrl: environment variable CJ_URL is not set: export it, or write ${CJ_URL:-default}',
    `HERE/config.yaml:8: models[0].decodign: unknown key; did you mean "decoding"? Known keys: ${MODEL}.`,
    'HERE/config.yaml:9: models[1].name: expected text, found a number; put it in quotes',
    'HERE/config.yaml:10: models[2].name: "A" is the name of a model above; give one of them another name or a variant',
    'HERE/config.yaml:10: models[2].endpoint: "gpus" is not defined under `endpoints`; did you mean "gpu"?',
    'HERE/rubric.hbs: never shows the reference: add {{reference}} where it is to stand',
    'HERE/rubric.hbs: shows the judge no rating format that can be read back: ask for a last line of the form Rating: [[number]]',
    'HERE/config.yaml:12: rubrics."Social norms": there is no template file rubrics.hbs (paths are relative to the config)',
    'HERE/config.yaml:4: items[2].file: there is no file HERE/gone.csv (paths are relative to the config)',
    expect.stringMatching(/^HERE\/more.jsonl:1: reference: expected text for the item's reference/),
    expect.stringMatching(/^HERE\/more.jsonl:1: language: there is no such column/),
    expect.stringMatching(/^HERE\/more.jsonl:1: category: there is no such column/),
    expect.stringMatching(/^HERE\/more.jsonl:2: /),
  ]);
});
