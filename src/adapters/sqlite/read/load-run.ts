import type Database from 'better-sqlite3';
import { z } from 'zod';
import { concurrencyHistorySchema } from '../../../domain/concurrency-history.ts';
import { jsonSchema } from '../../../domain/json.ts';
import { verdictFormatSchema } from '../../../domain/judgment.ts';
import { aggregateSchema } from '../../../domain/jury.ts';
import { apiSchema, decodingSchema, type ModelSpec } from '../../../domain/model-spec.ts';
import type { StyleDefinition, TemplateSource } from '../../../domain/run-definition.ts';
import { spendingSchema } from '../../../domain/spending.ts';
import type { ServedModel, SessionRecord, StoredRun } from '../../../ports/run-archive.ts';

const jsonText = z.string().transform((text): unknown => JSON.parse(text));
const storedJson = jsonText.pipe(jsonSchema);

const modelRow = z.object({
  key: z.string(),
  name: z.string(),
  variant: z.string().nullable(),
  model: z.string().nullable(),
  api: apiSchema,
  decoding: jsonText.pipe(decodingSchema),
});
const runModelRow = modelRow.extend({
  baseline: z.string().nullable(),
  best: z.int().nullable(),
  size: z.number().nullable(),
  dataShare: z.number().nullable(),
  family: z.string().nullable(),
});
const runJudgeRow = modelRow.extend({
  family: z.string().nullable(),
  verdict: verdictFormatSchema,
  expectedRating: z.literal([0, 1]),
});
const juryRow = z.object({
  name: z.string(),
  aggregate: aggregateSchema,
  excludeOwnFamily: z.literal([0, 1]),
  judges: jsonText.pipe(z.array(z.int().nonnegative())),
});
const scorerRow = z.object({
  name: z.string(),
  key: z.string(),
  task: z.string(),
  scoring: z.string(),
  measure: z.string(),
});
const templateRow = z.object({ name: z.string(), fingerprint: z.string(), source: z.string() });
const rubricRow = templateRow.extend({ category: z.string() });
const translationRow = templateRow.extend({ language: z.string() });
const styleRow = z.object({
  name: z.string(),
  user: z.string().nullable(),
  userSource: z.string().nullable(),
  system: z.string().nullable(),
  systemSource: z.string().nullable(),
});
const runRow = z.object({
  id: z.string(),
  name: z.string(),
  planKey: z.string(),
  provenance: storedJson,
});
const sessionRow = z.object({
  provenance: storedJson,
  endedAt: z.int().nullable(),
  outcome: z.string().nullable(),
  calls: z.int().nullable(),
  limits: jsonText
    .pipe(z.array(concurrencyHistorySchema))
    .nullable()
    .transform((list) => list ?? []),
  spending: jsonText
    .pipe(z.array(spendingSchema))
    .nullable()
    .transform((list) => list ?? []),
});

/** Reads a run's definition back. The file may come from elsewhere, so its rows are checked. */
export function loadRun(database: Database.Database, runId: string): StoredRun {
  const run = runRow.parse(
    database
      .prepare('SELECT id, name, plan_key AS planKey, provenance FROM runs WHERE id = ?')
      .get(runId),
  );
  const models = database.prepare(
    `SELECT m.key, m.name, m.variant, m.model, m.api, m.decoding, rm.baseline, rm.best, rm.size, rm.data_share AS dataShare, rm.family
     FROM run_models rm JOIN models m ON m.id = rm.model WHERE rm.run = ? ORDER BY rm.position`,
  );
  const judges = database.prepare(
    `SELECT m.key, m.name, m.variant, m.model, m.api, m.decoding,
       rj.family, rj.verdict_format AS verdict, rj.expected_rating AS expectedRating
     FROM run_judges rj JOIN models m ON m.id = rj.model WHERE rj.run = ? ORDER BY rj.position`,
  );
  const juries = database.prepare(
    `SELECT name, aggregate, exclude_own_family AS excludeOwnFamily, judges
     FROM run_juries WHERE run = ? ORDER BY position`,
  );
  const scorers = database.prepare(
    'SELECT name, key, task, scoring, measure FROM run_scorers WHERE run = ? ORDER BY position',
  );
  const styles = database.prepare(
    `SELECT s.name, s.template AS user, t.source AS userSource, s.system_template AS system, st.source AS systemSource
     FROM run_styles s
     LEFT JOIN templates t ON t.fingerprint = s.template
     LEFT JOIN templates st ON st.fingerprint = s.system_template
     WHERE s.run = ? ORDER BY s.position`,
  );
  const rubrics = database.prepare(
    `SELECT rr.category, rr.name, t.fingerprint, t.source
     FROM run_rubrics rr JOIN templates t ON t.fingerprint = rr.template
     WHERE rr.run = ? ORDER BY rr.category`,
  );
  const translations = database.prepare(
    `SELECT rt.language, rt.name, t.fingerprint, t.source
     FROM run_rubric_translations rt JOIN templates t ON t.fingerprint = rt.template
     WHERE rt.run = ? AND rt.category = ? ORDER BY rt.language`,
  );
  return {
    definition: {
      ...run,
      models: models.all(runId).map((row) => {
        const { baseline, best, size, dataShare, family, ...spec } = runModelRow.parse(row);
        return { ...keyed(spec), baseline, best, size, dataShare, family };
      }),
      judges: judges.all(runId).map((row) => {
        const { family, verdict, expectedRating, ...spec } = runJudgeRow.parse(row);
        return { ...keyed(spec), family, verdict, expectedRating: expectedRating === 1 };
      }),
      juries: juries.all(runId).map((row) => {
        const { excludeOwnFamily, ...jury } = juryRow.parse(row);
        return { ...jury, excludeOwnFamily: excludeOwnFamily === 1 };
      }),
      scorers: scorers.all(runId).map((row) => scorerRow.parse(row)),
      styles: styles.all(runId).map((row) => styleOf(styleRow.parse(row))),
      rubrics: Object.fromEntries(
        rubrics.all(runId).map((row) => {
          const { category, ...template } = rubricRow.parse(row);
          return [
            category,
            {
              ...template,
              translations: Object.fromEntries(
                translations.all(runId, category).map((found) => {
                  const { language, ...text } = translationRow.parse(found);
                  return [language, text];
                }),
              ),
            },
          ];
        }),
      ),
    },
    sessions: database
      .prepare(
        "SELECT provenance, ended_at AS endedAt, outcome, calls, limits, spending FROM sessions WHERE run = ? ORDER BY json_extract(provenance, '$.startedAt'), id",
      )
      .all(runId)
      .map((row): SessionRecord => sessionRow.parse(row)),
    served: [...servedBy(database, runId, 'model'), ...servedBy(database, runId, 'judge')],
  };
}

function keyed({ key, ...spec }: z.infer<typeof modelRow>): { key: string; spec: ModelSpec } {
  return { key, spec };
}

function styleOf(row: z.infer<typeof styleRow>): StyleDefinition {
  const template = (fingerprint: string | null, source: string | null): TemplateSource | null =>
    fingerprint === null || source === null ? null : { name: row.name, fingerprint, source };
  return {
    name: row.name,
    user: template(row.user, row.userSource),
    system: template(row.system, row.systemSource),
  };
}

const SERVED = {
  model: `SELECT 'model' AS role, m.name || coalesce(' (' || m.variant || ')', '') AS label,
      r.served_model AS servedModel, r.system_fingerprint AS systemFingerprint, count(*) AS calls
    FROM run_responses rr
    JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
    JOIN models m ON m.id = rm.model
    JOIN responses r ON r.id = rr.response
    WHERE rr.run = ? AND r.status != 'pending'
    GROUP BY rr.model, r.served_model, r.system_fingerprint ORDER BY rr.model, 3, 4`,
  judge: `SELECT 'judge' AS role, m.name AS label,
      j.served_model AS servedModel, j.system_fingerprint AS systemFingerprint, count(*) AS calls
    FROM run_responses rr
    JOIN run_judgments x ON x.run_response = rr.id
    JOIN run_judges rj ON rj.run = rr.run AND rj.position = x.judge
    JOIN models m ON m.id = rj.model
    JOIN judgments j ON j.id = x.judgment
    WHERE rr.run = ? AND j.status != 'pending'
    GROUP BY x.judge, j.served_model, j.system_fingerprint ORDER BY x.judge, 3, 4`,
} as const;

function servedBy(
  database: Database.Database,
  runId: string,
  role: keyof typeof SERVED,
): ServedModel[] {
  return database.prepare<[string], ServedModel>(SERVED[role]).all(runId);
}
