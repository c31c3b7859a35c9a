import type Database from 'better-sqlite3';
import { z } from 'zod';
import { canonicalJson } from '../../../domain/fingerprint.ts';
import { jsonSchema } from '../../../domain/json.ts';
import { JUDGMENT_STATUSES } from '../../../domain/judgment.ts';
import type { ProbeArchive, StoredProbe } from '../../../ports/extra-judgments.ts';
import type { ProbeStore } from '../../../ports/run-store.ts';
import { judgmentColumns } from '../columns.ts';
import type { GroupCommit } from './group-commit.ts';
import { UPDATE_PROBE } from './statements.ts';

const storedJson = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(jsonSchema);

const probeRow = z.object({
  id: z.int(),
  key: z.string(),
  run: z.string(),
  judge: z.string(),
  subject: storedJson,
  status: z.enum([...JUDGMENT_STATUSES, 'pending']),
  rating: z.number().nullable(),
  servedModel: z.string().nullable(),
  systemFingerprint: z.string().nullable(),
  endedAt: z.int().nullable(),
});
const auditRow = z.object({ judge: z.string(), run: z.string(), result: storedJson });

const COLUMNS = `id, key, run, judge, subject, status, rating, served_model AS servedModel,
  system_fingerprint AS systemFingerprint, ended_at AS endedAt`;
const BY_KEY = `SELECT ${COLUMNS} FROM probes WHERE key = ?`;

export function createProbeStore(database: Database.Database, commits: GroupCommit): ProbeStore {
  const insert = database.prepare(
    `INSERT INTO probes (key, purpose, run, judge, subject) VALUES (@key, @purpose, @run, @judge, @subject)
     ON CONFLICT (key) DO NOTHING`,
  );
  const find = database.prepare<[string], unknown>(BY_KEY);
  const update = database.prepare(UPDATE_PROBE);
  const saveAudit = database.prepare(
    `INSERT INTO audits (judge, run, result) VALUES (@judge, @run, @result)
     ON CONFLICT (judge, run) DO UPDATE SET result = @result`,
  );
  const saveRewrite = database.prepare(
    'INSERT INTO rewrites (key, task, text) VALUES (@key, @task, @text) ON CONFLICT (key) DO NOTHING',
  );
  return {
    plan: (probes) => {
      commits.flush();
      const add = database.transaction((): StoredProbe[] =>
        probes.map((probe) => {
          insert.run({ ...probe, subject: canonicalJson(probe.subject) });
          return probeRow.parse(find.get(probe.key));
        }),
      );
      return add.immediate();
    },
    save: (id, judgment, meta) =>
      commits.add(() => update.run({ id, ...judgmentColumns(judgment, meta) })),
    saveAudit: (audit) => {
      saveAudit.run({ ...audit, result: canonicalJson(audit.result) });
    },
    saveRewrite: (rewrite) => {
      saveRewrite.run(rewrite);
    },
  };
}

export function createProbeArchive(database: Database.Database): ProbeArchive {
  const ofRun = database.prepare<[string, string], unknown>(
    `SELECT ${COLUMNS} FROM probes WHERE run = ? AND purpose = ? ORDER BY id`,
  );
  const byKey = database.prepare<[string], unknown>(BY_KEY);
  const audits = database.prepare<[string], unknown>(
    'SELECT judge, run, result FROM audits WHERE run = ? ORDER BY judge',
  );
  const rewrite = database.prepare<[string], { text: string }>(
    'SELECT text FROM rewrites WHERE key = ?',
  );
  return {
    probesOf: (run, purpose) => ofRun.all(run, purpose).map((row) => probeRow.parse(row)),
    probesByKey: (keys) =>
      keys.flatMap((key) => {
        const row = byKey.get(key);
        return row === undefined ? [] : [probeRow.parse(row)];
      }),
    rewrite: (key) => rewrite.get(key)?.text ?? null,
    audits: (run) => audits.all(run).map((row) => auditRow.parse(row)),
  };
}
