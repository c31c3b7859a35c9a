import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withStore, withStoreIfAny, withStores } from '../../src/cli/context.ts';
import type { RunArchive } from '../../src/ports/run-archive.ts';
import { resolveRun, resolveRuns, runSelector } from '../../src/series/names/resolve-run.ts';
import { rated, storeRun } from '../support/stored-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-context-'));
const [db, other] = [join(folder, 'a.sqlite'), join(folder, 'b.sqlite')];
let [older, newer] = ['', ''];
beforeAll(async () => {
  const item = { id: 'q', question: 'Why?', reference: 'Answer.', language: 'en', culture: 'Arab' };
  const shape = (name: string) => ({
    ...{ name, models: [{ name: 'A' }], styles: ['zero-shot'], judges: ['J'] },
    items: [{ ...item, category: 'Opinion', scope: null, association: null, cluster: null }],
    answer: () => ({ status: 'completed' as const, text: 'An answer.', reasoning: null }),
  });
  older = await storeRun(db, shape('older'), () => rated(5));
  newer = await storeRun(db, shape('newer'), () => rated(5));
  await storeRun(other, shape('elsewhere'), () => rated(5));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('closes a store when its reader is done, and when it fails', async () => {
  const seen: RunArchive[] = [];
  await withStore(db, (archive) => seen.push(archive));
  const failing = withStore(db, async (archive) => {
    seen.push(archive);
    await Promise.reject(new Error('half way'));
  });
  await expect(failing).rejects.toThrow('half way');
  expect(seen).toHaveLength(2);
  for (const archive of seen) expect(() => archive.listRuns()).toThrow(/not open/u);
});

it('opens one store for two sides in one file, and two for two', async () => {
  const files = (one: RunArchive, two: RunArchive) => [one === two, one.file, two.file];
  expect(await withStores([db, undefined], files)).toEqual([true, db, db]);
  expect(await withStores([db, other], files)).toEqual([false, db, other]);
});

it('gives null where a store may be absent and is', async () => {
  const file = (archive: RunArchive | null) => archive?.file ?? null;
  expect(await withStoreIfAny(join(folder, 'gone.sqlite'), file)).toBeNull();
  expect(await withStoreIfAny(db, file)).toBe(db);
});

it('takes the newest run where none is named, and each run once', async () => {
  await withStore(db, (archive) => {
    expect(runSelector(undefined)).toEqual({ kind: 'newest' });
    expect(resolveRun(archive, { kind: 'newest' })).toBe(newer);
    expect(resolveRun(archive, { kind: 'id', prefix: 'old' })).toBe(older);
    expect(resolveRuns(archive, [])).toEqual([newer]);
    expect(resolveRuns(archive, ['new', 'older', newer])).toEqual([newer, older]);
  });
});
