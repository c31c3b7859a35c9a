import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeWorkplace } from '../cli/workplace.ts';
import { schemaText } from './schema-text.ts';

const CONFIGS = fileURLToPath(new URL('../../configs/', import.meta.url));
const names = readdirSync(CONFIGS).filter((name) => name.endsWith('.yaml'));

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
    'care.yaml',
    'demo.yaml',
    'recorded.yaml',
    'replicas.yaml',
    'starter.yaml',
    'vllm.yaml',
  ]);
});

test.for(names)('%s is valid and names its schema', async (name, { skip }) => {
  const why = 'configs/items/care is absent: the CARE test set is not part of the repository';
  const absent = name === 'care.yaml' && !existsSync(`${CONFIGS}items/care`);
  if (absent) process.stderr.write(`skipped: ${why}\n`);
  expect(readFileSync(`${CONFIGS}${name}`, 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=schema\.json\n/,
  );
  skip(absent, why);
  const here = makeWorkplace();
  const validated = await here.cli(['validate', `${CONFIGS}${name}`], DUMMIES);
  here.remove();
  expect(validated).toMatchObject({ code: 0 });
});
