import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../domain/fingerprint.ts';
import { type Item, itemKey } from '../../../domain/item.ts';
import type { ModelSpec } from '../../../domain/model-spec.ts';
import type { RunDefinition, TemplateSource } from '../../../domain/run-definition.ts';
import type { PlannedItem, PlannedResponse } from '../../../ports/run-store.ts';
import { responseColumns } from '../columns.ts';

interface Id {
  readonly id: number;
}

function idOf(row: Id | undefined): number {
  if (!row) throw new Error('an upsert returned no row');
  return row.id;
}

/** `ON CONFLICT … DO UPDATE` with a no-op, so that RETURNING gives the id of an existing row too. */
export function createPlanWriter(database: Database.Database) {
  const insertItem = database.prepare<unknown[], Id>(
    `INSERT INTO items (key, name, question, reference, culture, language, category, scope, association, cluster, solution)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id`,
  );
  const insertResponse = database.prepare<unknown[], Id>(
    `INSERT INTO responses (key, status, text, reasoning, exact, suspect, detail, served_model, system_fingerprint,
       finish_reason, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, attempts,
       latency_ms, ended_at, notes)
     VALUES (@key, @status, @text, @reasoning, @exact, @suspect, @detail, @servedModel, @systemFingerprint,
       @finishReason, @promptTokens, @completionTokens, @cachedTokens, @reasoningTokens, @attempts,
       @latencyMs, @endedAt, @notes)
     ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
  );
  const insertPendingResponse = database.prepare<unknown[], Id>(
    `INSERT INTO responses (key) VALUES (?)
     ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
  );
  const insertRunResponse = database.prepare<unknown[], Id>(
    `INSERT INTO main.run_responses (run, model, style, item, trial, response) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (run, model, style, item, trial) DO UPDATE SET response = excluded.response RETURNING id`,
  );
  const insertJudgment = database.prepare<unknown[], Id>(
    `INSERT INTO judgments (key) VALUES (?)
     ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
  );
  const insertRunJudgment = database.prepare(
    `INSERT INTO run_judgments (run_response, judge, trial, judgment) VALUES (?, ?, ?, ?)
     ON CONFLICT (run_response, judge, trial) DO UPDATE SET judgment = excluded.judgment`,
  );
  const insertRuleJudgment = database.prepare(
    'INSERT INTO rule_judgments (run_response, scorer) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );

  const addItem = (item: Item) =>
    idOf(
      insertItem.get(
        itemKey(item),
        item.id,
        item.question,
        item.reference,
        item.culture,
        item.language,
        item.category,
        item.scope,
        item.association,
        item.cluster,
        item.solution === undefined ? null : canonicalJson(item.solution),
      ),
    );

  const addResponse = (planned: PlannedResponse) =>
    planned.recorded === null
      ? idOf(insertPendingResponse.get(planned.key))
      : idOf(
          insertResponse.get({
            key: planned.key,
            ...responseColumns(planned.recorded.response, planned.recorded.meta),
          }),
        );

  const addUnit = (runId: string, item: number, planned: PlannedResponse) => {
    const response = addResponse(planned);
    const { model, style, trial, judgments, scorers } = planned;
    const unit = idOf(insertRunResponse.get(runId, model, style, item, trial, response));
    for (const judgment of judgments) {
      const judgmentId = idOf(insertJudgment.get(judgment.key));
      insertRunJudgment.run(unit, judgment.judge, judgment.trial, judgmentId);
    }
    for (const scorer of scorers) insertRuleJudgment.run(unit, scorer);
  };

  const addToPlan = database.transaction((runId: string, items: readonly PlannedItem[]) => {
    for (const { item, responses } of items) {
      const itemId = addItem(item);
      for (const planned of responses) addUnit(runId, itemId, planned);
    }
  });
  return {
    addToPlan: (runId: string, items: readonly PlannedItem[]) => addToPlan.immediate(runId, items),
  };
}

/** Writes a run's own row and what it is made of. */
export function insertRun(database: Database.Database, run: RunDefinition): void {
  const addModel = database.prepare<unknown[], Id>(
    `INSERT INTO models (key, name, variant, model, api, decoding) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
  );
  const addTemplate = database.prepare(
    'INSERT INTO templates (fingerprint, source) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const modelId = (key: string, spec: ModelSpec) => {
    const { name, variant, model, api, decoding } = spec;
    return idOf(addModel.get(key, name, variant, model, api, canonicalJson(decoding)));
  };
  const template = (source: TemplateSource | null) => {
    if (source) addTemplate.run(source.fingerprint, source.source);
    return source?.fingerprint ?? null;
  };
  database
    .prepare('INSERT INTO runs (id, name, plan_key, provenance) VALUES (?, ?, ?, ?)')
    .run(run.id, run.name, run.planKey, canonicalJson(run.provenance));
  const addRunModel = database.prepare(
    'INSERT INTO run_models (run, position, model, baseline, best, size, data_share, family) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [position, model] of run.models.entries()) {
    const { baseline, best, size, dataShare, family } = model;
    addRunModel.run(
      run.id,
      position,
      modelId(model.key, model.spec),
      baseline,
      best,
      size,
      dataShare,
      family,
    );
  }
  const addJudge = database.prepare(
    'INSERT INTO run_judges (run, position, model, family, verdict_format, expected_rating) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { key, spec, family, verdict, expectedRating }] of run.judges.entries()) {
    const expected = expectedRating ? 1 : 0;
    addJudge.run(run.id, position, modelId(key, spec), family, verdict, expected);
  }
  writeJuries(database, run.id, run);
  writeScorers(database, run);
  const addStyle = database.prepare(
    'INSERT INTO run_styles (run, position, name, template, system_template) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, style] of run.styles.entries()) {
    addStyle.run(run.id, position, style.name, template(style.user), template(style.system));
  }
  const addRubric = database.prepare(
    'INSERT INTO run_rubrics (run, category, name, template) VALUES (?, ?, ?, ?)',
  );
  const addTranslation = database.prepare(
    'INSERT INTO run_rubric_translations (run, category, language, name, template) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [category, rubric] of Object.entries(run.rubrics)) {
    addRubric.run(run.id, category, rubric.name, template(rubric));
    for (const [language, text] of Object.entries(rubric.translations))
      addTranslation.run(run.id, category, language, text.name, template(text));
  }
}

function writeScorers(database: Database.Database, { id, scorers }: RunDefinition): void {
  const add = database.prepare(
    'INSERT INTO run_scorers (run, position, name, key, task, scoring, measure) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { name, key, task, scoring, measure }] of scorers.entries())
    add.run(id, position, name, key, task, scoring, measure);
}

/** Writes families and juries in the place of those that are there: they can change without a new plan. */
export function replaceJuries(
  database: Database.Database,
  runId: string,
  { models, judges, juries }: Pick<RunDefinition, 'models' | 'judges' | 'juries'>,
): void {
  for (const [table, members] of [
    ['run_models', models],
    ['run_judges', judges],
  ] as const) {
    const update = database.prepare(
      `UPDATE ${table} SET family = ? WHERE run = ? AND position = ?`,
    );
    for (const [position, { family }] of members.entries()) update.run(family, runId, position);
  }
  database.prepare('DELETE FROM run_juries WHERE run = ?').run(runId);
  writeJuries(database, runId, { juries });
}

function writeJuries(
  database: Database.Database,
  runId: string,
  { juries }: Pick<RunDefinition, 'juries'>,
): void {
  const add = database.prepare(
    'INSERT INTO run_juries (run, position, name, aggregate, exclude_own_family, judges) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { name, aggregate, excludeOwnFamily, judges }] of juries.entries()) {
    const exclude = excludeOwnFamily ? 1 : 0;
    add.run(runId, position, name, aggregate, exclude, JSON.stringify(judges));
  }
}
