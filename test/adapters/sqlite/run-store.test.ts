import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import { runStoreRules } from '../../contracts/run-store.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-judge-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.for(runStoreRules)('a store in memory: %s', async ([, holds]) => {
  expect.hasAssertions();
  const store = openRunStore(':memory:');
  await holds(store);
  store.close();
});

test.for(runStoreRules)('a store in a file: %s', async ([rule, holds]) => {
  expect.hasAssertions();
  const store = openRunStore(join(folder, 'new', `${rule.replaceAll(' ', '-')}.sqlite`));
  await holds(store);
  store.close();
});
