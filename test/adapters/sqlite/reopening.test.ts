import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import type { Jury } from '../../../src/domain/jury.ts';
import {
  definition,
  item,
  JUDGMENT_META,
  META,
  planned,
  RATED,
} from '../../contracts/small-plan.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-judge-reopening-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const jury = (name: string): Jury => ({
  ...{ name, judges: [0], aggregate: 'mean', excludeOwnFamily: false },
});

test('a run opened again has the juries and families of its config, and no others', () => {
  const file = join(folder, 'juries.sqlite');
  const base = definition();
  const ofFamily = (model: string, judge: string) => ({
    models: base.models.map((entry) => ({ ...entry, family: model })),
    judges: base.judges.map((entry) => ({ ...entry, family: judge })),
  });
  for (const run of [
    { ...base, ...ofFamily('Qwen', 'GPT'), juries: [jury('first'), jury('second')] },
    { ...base, ...ofFamily('Llama', 'Gemini'), juries: [jury('third')] },
  ]) {
    const store = openRunStore(file);
    expect(store.openRun(run).id).toBe(base.id);
    store.close();
    const archive = openRunArchive(file);
    const { models, judges, juries } = archive.loadRun(base.id).definition;
    archive.close();
    expect(juries).toEqual(run.juries);
    expect(models.map(({ family }) => family)).toEqual(run.models.map(({ family }) => family));
    expect(judges.map(({ family }) => family)).toEqual(run.judges.map(({ family }) => family));
  }
});

test('a renamed item has its new name, as its content is the same', () => {
  const file = join(folder, 'renamed.sqlite');
  const store = openRunStore(file);
  const { id } = store.openRun(definition());
  const response = { answer: planned(item('a')).responses };
  store.addToPlan(id, [{ item: item('a'), responses: response.answer }]);
  store.addToPlan(id, [{ item: { ...item('a'), id: 'a, corrected' }, responses: response.answer }]);
  const query = { model: 0, after: -1, limit: 9, retryMissing: false };
  expect(store.pendingUnits(id, query).map((unit) => unit.item.id)).toEqual(['a, corrected']);
  store.close();
});

test('what calls have cost is known before they are written to disk', async () => {
  const store = openRunStore(':memory:');
  const { id } = store.openRun(definition());
  store.addToPlan(id, [planned(item('a'))]);
  store.closePlan(id);
  const query = { model: 0, after: -1, limit: 9, retryMissing: false };
  const [unit] = store.pendingUnits(id, query);
  const [judgment] = unit?.judgments ?? [];
  if (!unit || !judgment) throw new Error('nothing planned');
  const saved = [
    store.saveResponse(unit.responseId, { status: 'completed', text: 'a', reasoning: null }, META),
    store.saveJudgment(judgment.id, RATED, JUDGMENT_META),
  ];
  // Small transactions are written together, a moment later; totals do not wait for that.
  expect(store.usageTotals(id)).toMatchObject([
    { role: 'model', position: 0, calls: 1, promptTokens: 5, completionTokens: 3 },
    { role: 'judge', position: 0, calls: 1, promptTokens: 5, completionTokens: 3 },
  ]);
  await Promise.all(saved);
  store.close();
});
