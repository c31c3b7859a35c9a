import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../../../src/adapters/sqlite/migrations.ts';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import type { JudgmentMeta } from '../../../src/ports/outcome-meta.ts';
import { makeWorkplace, type Workplace } from '../../cli/workplace.ts';
import { definition } from '../../contracts/small-plan.ts';

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(() => here.remove());

const meta: JudgmentMeta = {
  servedModel: 'judge-1',
  systemFingerprint: 'fp_1',
  finishReason: 'stop',
  usage: null,
  attempts: 1,
  latencyMs: 1,
  endedAt: 5,
  notes: [],
  parserVersion: 1,
  asks: 1,
  verdictFormat: 'text',
  expected: null,
};

test('a store of the first version takes probes once it is opened', async () => {
  const file = here.path('s.sqlite');
  const old = new Database(file);
  old.exec(migrations[0]?.sql ?? '');
  old.exec(
    "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT; INSERT INTO migrations VALUES (1, 'initial', 0)",
  );
  old.pragma('application_id = 1128354373');
  old.close();
  const store = openRunStore(file);
  const { id: run } = store.openRun(definition());
  const probe = { key: 'k', purpose: 'anchor' as const, run, judge: 'j', subject: { a: [1] } };
  const [planned] = store.probes.plan([probe]);
  expect(planned).toMatchObject({ key: 'k', status: 'pending', rating: null });
  await store.probes.save(
    planned?.id ?? 0,
    { status: 'rated', rating: 7, parse: 'strict', conflicting: false, text: '', reasoning: null },
    meta,
  );
  // What was rated is not asked for again, and a failure does not take its place.
  const failed = { kind: 'server', message: '', status: 500, code: null } as const;
  await store.probes.save(planned?.id ?? 0, { status: 'failed', error: failed }, meta);
  expect(store.probes.plan([probe])).toMatchObject([{ status: 'rated', rating: 7 }]);
  store.probes.saveAudit({ judge: 'j', run, result: { n: 1 } });
  store.probes.saveAudit({ judge: 'j', run, result: { n: 2 } });
  store.close();
  const archive = openRunArchive(file);
  expect(archive.probesOf(run, 'anchor')).toMatchObject([
    { subject: { a: [1] }, servedModel: 'judge-1', endedAt: 5 },
  ]);
  expect(archive.probesOf(run, 'audit')).toEqual([]);
  expect(archive.probesByKey(['k', 'unknown'])).toHaveLength(1);
  expect(archive.audits(run)).toEqual([{ judge: 'j', run, result: { n: 2 } }]);
  archive.close();
});
