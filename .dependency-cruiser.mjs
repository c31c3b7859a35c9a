/** Layers, innermost first. A module may import its own folder and the folders listed for it. */
const core = ['domain', 'stats'];
const layers = {
  domain: [],
  stats: [],
  ports: ['domain'],
  config: ['domain', 'ports'],
  items: ['domain', 'ports'],
  prompts: ['domain', 'ports'],
  respond: ['domain', 'ports', 'config', 'items', 'prompts'],
  judge: ['domain', 'ports', 'config', 'items', 'prompts'],
  run: ['domain', 'ports', 'config', 'items', 'prompts', 'respond', 'judge'],
  summary: [...core, 'ports'],
  gate: [...core, 'ports', 'summary'],
  report: [...core, 'ports', 'summary', 'gate'],
  adapters: ['domain', 'ports'],
  app: [
    ...core,
    'ports',
    'config',
    'items',
    'prompts',
    'respond',
    'judge',
    'run',
    'summary',
    'gate',
    'report',
    'adapters',
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
  run: ['p-queue'],
  report: ['vega', 'vega-lite', '@resvg/resvg-js', 'string-width', 'harfbuzzjs', 'subset-font'],
  '(?:report|adapters/files)': ['csv-stringify'],
  cli: ['commander'],
};
const any = (names) => `(?:${names.join('|')})`;

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
      name: 'no-orphans',
      comment: 'A module nobody imports is dead, or its import was forgotten.',
      severity: 'error',
      from: { orphan: true, pathNot: '[.]d[.]ts$|^src/index[.]ts$' },
      to: {},
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
    ...Object.entries(layers).map(([layer, mayImport]) => ({
      name: `layer-${layer}`,
      comment: 'The folders are layers: see the README, "How the source is laid out".',
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/${any([layer, ...mayImport])}/` },
    })),
    ...Object.entries(owners).map(([folder, packages]) => ({
      name: `only-${folder.replace('/', '-')}-uses-${packages[0].replace(/\W/g, '')}`,
      comment: 'A third-party package has one owner, so that replacing it is one folder of work.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${folder}/` },
      to: { path: `node_modules/${any(packages)}/` },
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
