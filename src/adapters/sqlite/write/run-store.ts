import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../domain/fingerprint.ts';
import type { Judgment } from '../../../domain/judgment.ts';
import type { ModelResponse } from '../../../domain/model-response.ts';
import type { RunDefinition } from '../../../domain/run-definition.ts';
import type { JudgmentMeta, ResponseMeta } from '../../../ports/outcome-meta.ts';
import type {
  RunStore,
  ScoredByRule,
  SessionEnd,
  TrackCount,
  UsageTotal,
} from '../../../ports/run-store.ts';
import { judgmentColumns, responseColumns, ruleJudgmentColumns } from '../columns.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { createPendingReader } from '../read/pending.ts';
import { showShardOnly } from '../shard-view.ts';
import { createAnswerLanguageStore } from './answer-languages.ts';
import { createBatchStore } from './batches.ts';
import { countRun } from './count-run.ts';
import { createProbeStore } from './extra-judgments.ts';
import { createGroupCommit } from './group-commit.ts';
import { createPlanWriter, insertRun, replaceJuries } from './plan-writer.ts';
import {
  UPDATE_JUDGMENT,
  UPDATE_RESPONSE,
  UPDATE_RULE_JUDGMENT,
  USAGE_TOTALS,
} from './statements.ts';
import { lockForWriting } from './write-lock.ts';

/**
 * Opens the store that a run writes to. One process at a time may do so: a second one gets an
 * OperatorError at once. ':memory:' gives a store that dies with the process.
 */
export function openRunStore(file: string): RunStore {
  const unlock = lockForWriting(file);
  try {
    const database = openDatabase(file, 'write');
    return guardErrors(file, createRunStore(database, unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

function createRunStore(database: Database.Database, unlock: () => void): RunStore {
  const planWriter = createPlanWriter(database);
  const commits = createGroupCommit(database);
  const readPending = createPendingReader(database);
  const languages = createAnswerLanguageStore(database);
  const updateResponse = database.prepare(UPDATE_RESPONSE);
  const updateJudgment = database.prepare(UPDATE_JUDGMENT);
  const updateRule = database.prepare(UPDATE_RULE_JUDGMENT);
  return {
    probes: createProbeStore(database, commits),
    batches: createBatchStore(database, commits),
    openRun: (definition) => openRun(database, definition),
    addToPlan: planWriter.addToPlan,
    closePlan: (runId) => {
      database.prepare('UPDATE runs SET planned = 1 WHERE id = ?').run(runId);
    },
    keepTo: (shard) => showShardOnly(database, shard),
    pendingUnits: (runId, query) => {
      commits.flush();
      return readPending(runId, query);
    },
    saveResponse: (id: number, response: ModelResponse, meta: ResponseMeta) => {
      return commits.add(() => updateResponse.run({ id, ...responseColumns(response, meta) }));
    },
    saveJudgment: (id: number, judgment: Judgment, meta: JudgmentMeta) => {
      return commits.add(() => updateJudgment.run({ id, ...judgmentColumns(judgment, meta) }));
    },
    saveRuleJudgments: (position: number, scored: readonly ScoredByRule[]) => {
      return commits.add(() => {
        for (const one of scored) updateRule.run({ position, ...ruleJudgmentColumns(one) });
      });
    },
    countRun: (runId) => {
      commits.flush();
      return countRun(database, runId);
    },
    trackCounts: (runId) => {
      commits.flush();
      return database.prepare<[string, string], TrackCount>(TRACK_COUNTS).all(runId, runId);
    },
    beginSession: (runId, provenance) => {
      const { lastInsertRowid } = database
        .prepare('INSERT INTO sessions (run, provenance) VALUES (?, ?)')
        .run(runId, canonicalJson(provenance));
      return Number(lastInsertRowid);
    },
    usageTotals: (runId) => {
      commits.flush();
      return database.prepare<[string, string], UsageTotal>(USAGE_TOTALS).all(runId, runId);
    },
    tellsOfDrift: (runId) => {
      commits.flush();
      return (
        database.prepare<[string, string], number>(TELLS_OF_DRIFT).pluck().get(runId, runId) === 1
      );
    },
    endSession: (sessionId: number, { endedAt, outcome, calls, limits, spending }: SessionEnd) => {
      database
        .prepare(
          'UPDATE sessions SET ended_at = ?, outcome = ?, calls = ?, limits = ?, spending = ? WHERE id = ?',
        )
        .run(endedAt, outcome, calls, JSON.stringify(limits), JSON.stringify(spending), sessionId);
    },
    unlabelledAnswers: (query) => {
      commits.flush();
      return languages.unlabelledAnswers(query);
    },
    saveAnswerLanguages: languages.saveAnswerLanguages,
    close: () => {
      commits.flush();
      database.close();
      unlock();
    },
  };
}

function openRun(database: Database.Database, definition: RunDefinition) {
  const find = database.prepare<[string], { id: string; planned: number }>(
    'SELECT id, planned FROM runs WHERE plan_key = ?',
  );
  const open = database.transaction(() => {
    const found = find.get(definition.planKey);
    if (found) {
      replaceJuries(database, found.id, definition);
      return { id: found.id, planned: found.planned === 1 };
    }
    insertRun(database, definition);
    return { id: definition.id, planned: false };
  });
  return open.immediate();
}

const TRACK_COUNTS = `
SELECT 'model' AS role, rr.model AS position, count(*) AS planned, sum(r.status != 'pending') AS stored
FROM run_responses rr JOIN responses r ON r.id = rr.response
WHERE rr.run = ? GROUP BY rr.model
UNION ALL
SELECT 'judge', rj.judge, count(*), sum(j.status != 'pending')
FROM run_responses rr
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ? GROUP BY rj.judge
ORDER BY 1 DESC, 2`;

/** A name without a fingerprint counts as one more: looking closely for nothing costs little. */
const TELLS_OF_DRIFT = `
SELECT EXISTS (SELECT 1 FROM probes WHERE run = ?) OR EXISTS (
  SELECT 1 FROM run_responses rr
  JOIN run_judgments rj ON rj.run_response = rr.id
  JOIN judgments j ON j.id = rj.judgment
  WHERE rr.run = ? AND j.status != 'pending'
  GROUP BY rj.judge
  HAVING count(DISTINCT json_array(j.served_model, j.system_fingerprint)) > 1)`;

/** Wraps every method so that a full disk or a read-only file becomes a sentence. */
function guardErrors(file: string, store: RunStore): RunStore {
  const guard =
    <Arguments extends unknown[], Result>(method: (...args: Arguments) => Result) =>
    (...args: Arguments): Result =>
      translateErrors(file, () => method(...args));
  const guardAsync =
    <Arguments extends unknown[]>(method: (...args: Arguments) => Promise<void>) =>
    async (...args: Arguments): Promise<void> => {
      try {
        await method(...args);
      } catch (error) {
        translateErrors(file, () => {
          throw error;
        });
      }
    };
  const { probes, batches } = store;
  return {
    probes: {
      plan: guard(probes.plan),
      save: guardAsync(probes.save),
      saveAudit: guard(probes.saveAudit),
      saveRewrite: guard(probes.saveRewrite),
    },
    batches: {
      ...batches,
      add: guard(batches.add),
      step: guard(batches.step),
      record: guard(batches.record),
    },
    openRun: guard(store.openRun),
    addToPlan: guard(store.addToPlan),
    closePlan: guard(store.closePlan),
    keepTo: guard(store.keepTo),
    pendingUnits: guard(store.pendingUnits),
    saveResponse: guardAsync(store.saveResponse),
    saveJudgment: guardAsync(store.saveJudgment),
    saveRuleJudgments: guardAsync(store.saveRuleJudgments),
    countRun: guard(store.countRun),
    trackCounts: guard(store.trackCounts),
    beginSession: guard(store.beginSession),
    usageTotals: guard(store.usageTotals),
    tellsOfDrift: guard(store.tellsOfDrift),
    endSession: guard(store.endSession),
    unlabelledAnswers: guard(store.unlabelledAnswers),
    saveAnswerLanguages: guard(store.saveAnswerLanguages),
    close: guard(store.close),
  };
}
