// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs name environment variables so.
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';
import { type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import { InputError, renderProblem } from '../../src/domain/errors.ts';

const RIGHT = `version: 1
name: test
items: [{ file: a.jsonl }]
endpoints:
  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:9/v1", apiKey: "\${CJ_KEY:-}" }
models:
  - { name: A, endpoint: gpu, model: a, decoding: { temperature: 0.7, extra: [1, null] } }
judges: [{ name: J, endpoint: gpu, model: j }]
`;

function load(text: string, environment: Record<string, string> = {}, rehearse = false) {
  return loadConfig({ file: 'c.yaml', text }, { environment, rehearse });
}

/** What is told of a text, be it thrown or collected. */
function problemsOf(text: string, environment: Record<string, string> = {}): string[] {
  try {
    return load(text, environment).problems.map(renderProblem);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(renderProblem);
  }
}

function checked(text: string): string[] {
  return checkConfig(load(text)).map(renderProblem);
}

function keyOf({ config }: LoadedConfig): unknown {
  const { gpu } = config.endpoints;
  return gpu?.kind === 'vllm' ? gpu.apiKey : gpu;
}

test('fills in the defaults of the schema and keeps decoding as written', () => {
  const { config, problems } = load(RIGHT);
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    prompting: ['zero-shot'],
    trials: { responses: 1, judgments: 1 },
    endpoints: { gpu: { baseUrl: ['http://127.0.0.1:9/v1'], concurrency: 32 } },
    judges: [{ onUnparsed: { reask: 2 }, api: 'chat' }],
    rubrics: 'bundled',
  });
  expect(config.models[0]?.decoding).toEqual({ temperature: 0.7, extra: [1, null] });
});

test.each([
  ['Windows line ends', RIGHT.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\ufeff${RIGHT}`],
  ['JSON', JSON.stringify({ ...JSON.parse(JSON.stringify(load(RIGHT).asGiven)) }, null, 2)],
  ['the schema named for editors', `$schema: ./schema.json\n${RIGHT}`],
])('reads %s', (_name, text) => {
  expect(problemsOf(text)).toEqual([]);
});

test('keeps lines under Windows line ends', () => {
  const text = RIGHT.replace('name: A', 'nam: A').replaceAll('\n', '\r\n');
  expect(problemsOf(text)[0]).toBe('c.yaml:7: models[0].name: is missing; expected text');
});

test('takes anchors, aliases and merge keys', () => {
  const { config, problems } = load(
    RIGHT.replace(
      /models:[\s\S]*/,
      `models:
  - &a { name: A, endpoint: gpu, model: a, decoding: &d { temperature: 1 } }
  - { <<: *a, variant: B }
judges: [{ name: J, endpoint: gpu, model: j, decoding: *d }]
`,
    ),
  );
  expect(problems).toEqual([]);
  expect(config.models[1]).toMatchObject({ name: 'A', variant: 'B', decoding: { temperature: 1 } });
  expect(config.judges[0]?.decoding).toEqual({ temperature: 1 });
});

const START = '`care-judge init` writes a config to start from';

test.each([
  ['an empty file', '', [`c.yaml:1: is empty; ${START}`]],
  ['only a comment', '# nothing\n', [`c.yaml:1: is empty; ${START}`]],
  ['text', 'hello', [`c.yaml:1: holds text, no mapping (key: value); ${START}`]],
  ['a list', '- 1\n', [`c.yaml:1: holds a list, no mapping (key: value); ${START}`]],
  ['a key written twice', `${RIGHT}name: again\n`, ['c.yaml:9: duplicate key; remove one']],
  [
    'tabs for indentation',
    'endpoints:\n\tgpu: 1\n',
    expect.arrayContaining(['c.yaml:2: is indented with a tab; YAML wants spaces']),
  ],
  [
    'a second document',
    `${RIGHT}---\nversion: 1\n`,
    ['c.yaml:9: a second document begins here; a config is a single one, so take out the `---`'],
  ],
  ['an open bracket', 'items: [1,\n', [expect.stringMatching(/^c.yaml:\d: is not valid YAML: /)]],
  [
    'a variable outside quotes where braces mean a mapping, once',
    RIGHT.replace('a.jsonl', '${CJ_FOLDER}/a.jsonl'),
    [
      'c.yaml:3: is not valid YAML: Unexpected flow-map-start at node end; text with a variable goes in quotes',
    ],
  ],
  [
    'an alias without its anchor',
    'name: x\nkey: *nobody\n',
    [
      'c.yaml:2: this alias (`*…`) has no anchor (`&…`) before it; text that begins with * goes in quotes',
    ],
  ],
  [
    'an alias inside what it stands for',
    'name: x\na: &a { b: [*a] }\n',
    ['c.yaml:2: this alias (`*…`) stands inside what it stands for'],
  ],
  [
    'aliases that multiply',
    `a: &a [1]\n${['b', 'c', 'd', 'e']
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcd'[at]}`).join(', ')}]\n`)
      .join('')}`,
    [expect.stringMatching(/^c.yaml: is not valid YAML: Excessive alias count/)],
  ],
])('refuses %s', (_name, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test('takes environment variables in strings, with defaults for unset and empty ones', () => {
  expect(keyOf(load(RIGHT))).toBe('');
  expect(keyOf(load(RIGHT, { CJ_KEY: '' }))).toBe('');
  expect(keyOf(load(RIGHT, { CJ_KEY: ' s3cret\n' }))).toBe('s3cret');
  const noKey = RIGHT.replace('${CJ_KEY:-}', '${CJ_KEY}');
  expect(keyOf(load(noKey, { CJ_KEY: '' }))).toBe('');
});

test('looks at what a variable holds no second time', () => {
  expect(keyOf(load(RIGHT, { CJ_KEY: '${PATH} $& ${CJ_KEY}' }))).toBe('${PATH} $& ${CJ_KEY}');
});

test('puts no variable into a key, and makes a number of one only where it is the whole text', () => {
  const text = RIGHT.replace('apiKey: "${CJ_KEY:-}"', 'concurrency: "${CJ_N}"');
  expect(load(text, { CJ_N: '8' }).config.endpoints['gpu']?.concurrency).toBe(8);
  const wrong = ['c.yaml:5: endpoints.gpu.concurrency: expected a number, found text'];
  for (const value of ['eight', '0x8', '8,5', '']) {
    expect(problemsOf(text, { CJ_N: value })).toEqual(wrong);
  }
  expect(problemsOf(text.replace('${CJ_N}', '1${CJ_N}'), { CJ_N: '8' })).toEqual(wrong);
  expect(problemsOf(RIGHT.replace('name: test', 'name: test\n${CJ_N}: 1'), { CJ_N: 'x' })).toEqual([
    expect.stringMatching(/^c.yaml:3: "\$\{CJ_N\}": unknown key/),
  ]);
});

test('keeps literal keys out of what is stored, and leaves references in', () => {
  const { asGiven } = load(
    `${RIGHT.replace('${CJ_KEY:-}', 'sk-literal')
      .replace('http://127', 'http://me:sk-user@127')
      .replace('9/v1', '9/v1?api-key=sk-query&a=1')}`.replace(
      'endpoints:',
      `endpoints:
  ref: { kind: openai, baseUrl: "http://a", apiKey: "\${CJ_OTHER}" }
  fallback: { kind: openai, baseUrl: "http://a", apiKey: "\${CJ_OTHER:-sk-default}" }
  azure: { kind: azure, endpoint: "http://a", auth: { apiKey: sk-azure } }`,
    ),
    { CJ_OTHER: 'sk-environment' },
  );
  expect(JSON.stringify(asGiven)).not.toContain('sk-');
  expect(asGiven).toMatchObject({
    endpoints: {
      gpu: {
        baseUrl: 'http://(removed)@127.0.0.1:9/v1?api-key=(removed)&a=1',
        apiKey: '(removed)',
      },
      ref: { apiKey: '${CJ_OTHER}' },
      fallback: { apiKey: '(removed)' },
      azure: { auth: { apiKey: '(removed)' } },
    },
  });
});

test('names no key in a complaint about it', () => {
  const spoiled = [
    RIGHT.replace('"${CJ_KEY:-}"', '{ value: sk-secret }'),
    RIGHT.replace('apiKey: "${CJ_KEY:-}"', 'apikey: sk-secret'),
    RIGHT.replace('apiKey: "${CJ_KEY:-}"', 'apiKey: "x" sk-secret'),
    RIGHT.replace('apiKey: "${CJ_KEY:-}"', 'apiKey: [sk-secret]'),
    RIGHT.replace('apiKey: "${CJ_KEY:-}"', 'apiKey: @sk-secret'),
    RIGHT.replace('"${CJ_KEY:-}" }', '}, "sk-secret"'),
    RIGHT.replace('"${CJ_KEY:-}" }', 'a] "sk-secret"'),
  ];
  for (const text of spoiled) {
    const problems = problemsOf(text);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain('sk-secret');
  }
});

test('rehearses every endpoint on the simulator, at its own pace and without its variables', () => {
  const text = RIGHT.replace(
    /apiKey: "[^"]*" }/,
    `apiKey: "\${CJ_KEY}", concurrency: 4, rpm: 60 }
  azure: { kind: azure, endpoint: "\${CJ_URL}", auth: { apiKey: "\${CJ_KEY}" }, tpm: 1000 }
  set: { kind: openai, baseUrl: "http://a", concurrency: 7 }`,
  );
  expect(problemsOf(text)).toHaveLength(3);
  const { config, problems } = load(text, {}, true);
  expect(problems).toEqual([]);
  expect(config.endpoints).toMatchObject({
    gpu: { kind: 'simulated', concurrency: 4, rpm: 60 },
    azure: { kind: 'simulated', tpm: 1000 },
    set: { kind: 'simulated', concurrency: 7 },
  });
});

test('a rehearsal still wants the variables that are no endpoint’s', () => {
  const { problems } = load(RIGHT.replace('a.jsonl', '"${CJ_FOLDER}/a.jsonl"'), {}, true);
  expect(problems.map(renderProblem)).toEqual([
    'c.yaml:3: items[0].file: environment variable CJ_FOLDER is not set: export it, or write ${CJ_FOLDER:-default}',
  ]);
});

test('expands a preset under `decoding`, with the interface that belongs to it', () => {
  const { config } = load(
    RIGHT.replace('decoding: { temperature: 0.7, extra: [1, null] }', 'decoding: care-release'),
  );
  expect(config.models[0]).toMatchObject({
    api: 'completions',
    decoding: { temperature: 0.7, top_p: 1, max_tokens: 256 },
  });
  const paper = load(
    RIGHT.replace('model: j }', 'model: j, decoding: care-paper, api: completions }'),
  ).config.judges[0];
  expect(paper).toMatchObject({
    api: 'completions',
    decoding: { temperature: 0.7, top_p: 1, max_tokens: 1024 },
  });
  expect(load(RIGHT).config.models[0]?.api).toBe('chat');
});

test('knows presets and rubric sets by name, and guesses what was meant', () => {
  expect(problemsOf(RIGHT.replace('model: j }', 'model: j, decoding: care-papr }'))).toEqual([
    'c.yaml:8: judges[0].decoding: must be one of care-paper, care-release; did you mean "care-paper"?',
  ]);
  expect(problemsOf(RIGHT.replace('model: j }', 'model: j, decoding: 5 }'))).toEqual([
    'c.yaml:8: judges[0].decoding: expected a mapping (key: value), found a number',
  ]);
  expect(problemsOf(`${RIGHT}rubrics: care-by-contents\n`)).toEqual([
    'c.yaml:9: rubrics: must be one of bundled, care-by-content, care-as-released; did you mean "care-by-content"?',
  ]);
});

test('takes entries of one name for one model as long as no culture is asked of two of them', () => {
  const entries = (...cultures: string[]) =>
    RIGHT.replace(
      / {2}- \{ name: A.*\n/,
      cultures
        .map((list) => `  - { name: A, cultures: [${list}], endpoint: gpu, model: a }\n`)
        .join(''),
    );
  expect(checked(entries('Chinese', 'Arab, Japanese'))).toEqual([]);
  expect(checked(entries('Chinese', 'Arab, Chinese'))).toEqual([
    'c.yaml:8: models[1].name: "A" is the name of a model above; give one of them another name or a variant, or cultures of its own',
  ]);
});

test('takes any temperature that some server takes, and none below 0', () => {
  const at = (value: string) => load(RIGHT.replace('temperature: 0.7', `temperature: ${value}`));
  expect(at('2.5').config.models[0]?.decoding).toMatchObject({ temperature: 2.5 });
  expect(at('-0.1').problems.map(renderProblem).join()).toContain('temperature');
});
