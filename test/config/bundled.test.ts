import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeWorkplace } from '../cli/workplace.ts';
import { schemaText } from './schema-text.ts';

const CONFIGS = fileURLToPath(new URL('../../configs/', import.meta.url));
const PROMPTS = fileURLToPath(new URL('../../prompts', import.meta.url));
const CARE = fileURLToPath(new URL('../../../shared/data/care/', import.meta.url));
const why = `${CARE} is absent: the CARE test set is not part of the repository`;
if (!existsSync(CARE)) process.stderr.write(`skipped: ${why}\n`);
/** All but the gate's policy, which is no config; test/gate/policy.test.ts reads it. */
const names = readdirSync(CONFIGS).filter((name) => /(?<!^gate)\.yaml$/.test(name));

/** Variables that have no default in the bundled configs. */
const DUMMIES = {
  AZURE_OPENAI_ENDPOINT: 'https://name.openai.azure.com',
  AZURE_OPENAI_API_KEY: 'dummy',
};

test('the schema for editors is that of the program (mend with: npm run schema)', () => {
  expect(readFileSync(`${CONFIGS}schema.json`, 'utf8')).toBe(schemaText());
});

test('there is a config for each way of asking', () => {
  expect(names.sort()).toEqual([
    'azure-judge.yaml',
    'batch.yaml',
    'care.yaml',
    'demo.yaml',
    'recorded.yaml',
    'replicas.yaml',
    'starter.yaml',
    'vllm.yaml',
  ]);
});

test.for(names)(
  '%s names its schema, and is valid where its questions are there',
  async (name, { skip }) => {
    const text = readFileSync(`${CONFIGS}${name}`, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=schema\.json\n/);
    skip(name === 'care.yaml' && !existsSync(CARE), why);
    const here = makeWorkplace();
    const isFetched = (source: string) => source.endsWith('/items/care');
    cpSync(CONFIGS, here.path('configs'), {
      recursive: true,
      filter: (source) => !isFetched(source),
    });
    symlinkSync(PROMPTS, here.path('prompts'));
    if (existsSync(CARE)) symlinkSync(CARE, here.path('configs/items/care'));
    const validated = await here.cli(['validate', `@configs/${name}`], DUMMIES);
    here.remove();
    expect(validated).toMatchObject({ code: 0, stderr: '' });
    expect(validated.stdout).toMatch(/: valid\.\n/);
  },
);
