/**
 * The rooms of src, in the order of the flow. A module may import its own room and the rooms listed
 * for it; src/README.md prints both tables, and a test holds it to them.
 */
const nouns = ['domain', 'stats'];
const input = [...nouns, 'ports', 'config', 'items', 'prompts', 'scorers'];
const calls = [
  'config',
  'items',
  'prompts',
  'scorers',
  'prepare',
  'endpoint',
  'batch',
  'language',
  'run',
];
const pages = [...nouns, 'ports', 'render', 'series', 'adapters'];
export const rooms = {
  domain: [],
  stats: [],
  ports: ['domain'],
  config: ['domain', 'ports'],
  items: ['domain', 'ports'],
  prompts: ['domain', 'ports'],
  scorers: ['domain', 'ports', 'config', 'items', 'prompts'],
  prepare: [...input, 'adapters'],
  endpoint: ['domain', 'ports'],
  batch: [...input.slice(0, 1), ...input.slice(2), 'prepare', 'endpoint'],
  language: ['domain', 'ports', 'adapters'],
  overlap: nouns,
  run: [...nouns, 'ports', ...calls, 'adapters'],
  render: [...nouns, 'ports'],
  series: [...nouns, 'ports', 'render', 'adapters'],
  report: [...pages, 'analyses', 'language'],
  datasets: [...input, 'prepare', 'adapters'],
  web: [...input, 'render', 'series', 'analyses', 'run', 'report'],
  adapters: ['domain', 'ports'],
};
/** Each analysis, with the analyses whose results it builds on and the stages that it drives. */
export const analyses = {
  jury: [],
  agreement: ['items'],
  drift: [],
  equating: [],
  audit: calls,
  comparison: ['analyses/drift', 'analyses/equating'],
  summary: ['analyses/comparison', 'analyses/jury', 'analyses/agreement'],
  gate: ['analyses/comparison', 'analyses/drift', 'analyses/summary', 'config'],
  reproduction: ['analyses/summary', 'analyses/comparison', 'prompts', 'scorers'],
  power: ['analyses/comparison', 'analyses/jury', 'prepare', 'run'],
  'question-set': ['items', 'config', 'prepare', 'language', 'overlap', 'analyses/power'],
  'training-pairs': ['overlap'],
  'judge-card': [
    ...['agreement', 'drift', 'equating', 'audit', 'summary', 'jury'].map(
      (slice) => `analyses/${slice}`,
    ),
  ],
};
const owners = {
  'adapters/openai': ['openai', '@azure/identity'],
  'adapters/(?:openai|fetch)': ['undici'],
  'adapters/sqlite': ['better-sqlite3'],
  'adapters/tokenizer': ['gpt-tokenizer'],
  'adapters/language': ['eld'],
  'adapters/files': ['csv-parse', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer'],
  config: ['yaml'],
  prompts: ['handlebars'],
  '(?:run|endpoint)': ['p-queue'],
  web: ['hono', 'preact', 'diff'],
  'adapters/http': ['@hono/node-server'],
  render: ['vega', 'vega-lite', '@resvg/resvg-js', 'string-width', 'harfbuzzjs', 'subset-font'],
  '(?:render|adapters/files)': ['csv-stringify'],
  cli: ['commander', '@commander-js/extra-typings'],
};
const any = (names) => `(?:${names.join('|')})`;
const room = (name, seen) => ({
  name: `room-${name.replace('/', '-')}`,
  comment: 'The rooms stand in one order: see src/README.md.',
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/${any([name, ...seen])}/` },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle hides which module owns what.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-unreachable',
      comment:
        'A module that neither the program nor the API reaches is dead, or only tests use it.',
      severity: 'error',
      from: { path: '^src/(?:index|cli/main|web/page/main)[.]tsx?$' },
      to: { path: '^src/(?!index|cli/main|web/page/main).*(?<![.]d)[.]tsx?$', reachable: false },
    },
    { name: 'src-not-to-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'src-not-to-dev-dep',
      comment: 'What users install has no devDependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    ...Object.entries(rooms).map(([name, seen]) => room(name, seen)),
    ...Object.entries(analyses).map(([name, seen]) =>
      room(`analyses/${name}`, [...pages, ...seen]),
    ),
    ...Object.entries(owners).map(([folder, packages]) => ({
      name: `only-${folder.replace('/', '-')}-uses-${packages[0].replace(/\W/g, '')}`,
      comment: 'A third-party package has one owner, so that replacing it is one folder of work.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${folder}/` },
      to: { path: `node_modules/${any(packages)}/`, dependencyTypesNot: ['type-only'] },
    })),
    {
      name: 'io-only-at-the-edge',
      comment: 'Everything but adapters and cli is pure: no fs, net, child_process or process.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(?:adapters|cli)/' },
      to: {
        dependencyTypes: ['core'],
        path: '^(?:node:)?(?:fs|fs/promises|http|https|net|child_process|process|os)$',
      },
    },
    {
      name: 'commands-open-stores',
      comment:
        'Whoever reads or writes a store is given it, or what opens it, by cli or by index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(?:adapters|cli|run)/|^src/index[.]ts$' },
      to: { path: '^src/adapters/sqlite/' },
    },
    {
      name: 'adapters-are-siblings',
      comment: 'Adapters meet only in the composition root.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
