import { openRunStore } from '../../src/adapters/sqlite/write/run-store.ts';
import { fingerprint } from '../../src/domain/fingerprint.ts';
import type { Item } from '../../src/domain/item.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Judgment } from '../../src/domain/judgment.ts';
import type { Jury } from '../../src/domain/jury.ts';
import type { ModelResponse } from '../../src/domain/model-response.ts';
import type { RunDefinition } from '../../src/domain/run-definition.ts';
import type { PlannedItem, RunStore } from '../../src/ports/run-store.ts';
import { isSuspect } from '../../src/scorers/judge/suspect.ts';

/** A run as a test wants it in a store: nothing is called, everything is said here. */
export interface RunShape {
  readonly name: string;
  readonly models: readonly ModelShape[];
  readonly styles: readonly string[];
  readonly judges: readonly string[];
  readonly items: Iterable<Item>;
  readonly judgmentTrials?: number;
  readonly juries?: readonly Jury[];
  /** Of judges, by name. */
  readonly families?: Readonly<Record<string, string>>;
  readonly provenance?: Json;
  readonly rubric?: string;
  answer(place: AnswerPlace): ModelResponse;
}

export interface ModelShape {
  readonly name: string;
  readonly variant?: string;
  readonly baseline?: string;
  readonly family?: string;
}

export interface AnswerPlace {
  readonly item: Item;
  readonly model: number;
  readonly style: number;
}

const BATCH = 500;
const NO_META = {
  servedModel: 'test-model',
  systemFingerprint: null,
  finishReason: 'stop',
  usage: null,
  attempts: 1,
  latencyMs: 1,
  endedAt: 1_700_000_000_000,
  notes: [],
};

/** Plans a run with its answers; its judgments are pending. Gives its id. */
export function planRun(store: RunStore, shape: RunShape): string {
  const definition = define(shape);
  const { id } = store.openRun(definition);
  let batch: PlannedItem[] = [];
  for (const item of shape.items) {
    batch.push(planItem(shape, definition, item));
    if (batch.length < BATCH) continue;
    store.addToPlan(id, batch);
    batch = [];
  }
  store.addToPlan(id, batch);
  store.closePlan(id);
  return id;
}

export interface JudgmentAt extends AnswerPlace {
  readonly judge: number;
  readonly trial: number;
}

/** A store with one run, judged by a function; null leaves a judgment pending. */
export async function storeRun(
  file: string,
  shape: RunShape,
  judge: (place: JudgmentAt) => Judgment | null,
): Promise<string> {
  const store = openRunStore(file);
  try {
    const id = planRun(store, shape);
    const session = store.beginSession(id, {
      configFile: 'test.yaml',
      program: '0.1.0',
      node: 'v24.0.0',
      platform: 'linux x64',
      git: null,
      startedAt: 1_700_000_000_000,
    });
    for (const [model] of shape.models.entries()) await judgeAll(store, id, { model, judge });
    store.endSession(session, {
      endedAt: 1_700_000_060_000,
      outcome: 'finished',
      calls: 1,
      limits: [],
      spending: [],
    });
    return id;
  } finally {
    store.close();
  }
}

type JudgeAnswer = (place: JudgmentAt) => Judgment | null;

async function judgeAll(
  store: RunStore,
  id: string,
  { model, judge }: { readonly model: number; readonly judge: JudgeAnswer },
): Promise<void> {
  const units = store.pendingUnits(id, { model, after: -1, limit: 100_000, retryMissing: false });
  const meta = {
    ...NO_META,
    parserVersion: 1,
    asks: 1,
    verdictFormat: 'text',
    expected: null,
  } as const;
  for (const { item, style, judgments } of units) {
    for (const pending of judgments) {
      const { judge: position, trial } = pending;
      const judgment = judge({ item, model, style, judge: position, trial });
      if (judgment !== null) await store.saveJudgment(pending.id, judgment, meta);
    }
  }
}

export function rated(rating: number, text = `Good.\n\nRating: [[${rating}]]`): Judgment {
  return { status: 'rated', rating, parse: 'strict', conflicting: false, text, reasoning: null };
}

function define(shape: RunShape): RunDefinition {
  const { name, models, styles, judges, rubric = 'Rating: [[n]]' } = shape;
  const planKey = fingerprint({ name, models: models.map(({ name }) => name), styles, judges });
  const spec = (name: string, variant: string | null = null) => ({
    key: fingerprint({ name, variant }),
    spec: { name, variant, model: `served-${name}`, api: 'chat' as const, decoding: {} },
  });
  return {
    id: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${planKey.slice(0, 8)}`,
    name,
    planKey,
    models: models.map((model) => ({
      ...spec(model.name, model.variant),
      baseline: model.baseline ?? null,
      best: null,
      size: null,
      dataShare: null,
      family: model.family ?? null,
    })),
    styles: styles.map((style) => ({ name: style, user: null, system: null })),
    judges: judges.map((judge) => ({
      ...spec(judge),
      family: shape.families?.[judge] ?? null,
      verdict: 'text' as const,
      expectedRating: false,
    })),
    juries: shape.juries ?? [],
    scorers: [],
    rubrics: {
      Opinion: {
        name: 'opinion',
        fingerprint: fingerprint(rubric),
        source: rubric,
        translations: {},
      },
    },
    provenance: shape.provenance ?? { config: { version: 1, name } },
  };
}

function planItem(shape: RunShape, { judges }: RunDefinition, item: Item): PlannedItem {
  const { models, styles, judgmentTrials = 1 } = shape;
  return {
    item,
    responses: models.flatMap((_, model) =>
      styles.map((_style, style) => {
        const key = fingerprint([shape.name, item.id, model, style]);
        const response = shape.answer({ item, model, style });
        return {
          model,
          style,
          trial: 0,
          key,
          recorded: {
            response,
            meta: { ...NO_META, suspect: isSuspect('text' in response ? response.text : null) },
          },
          scorers: [],
          judgments: judges.flatMap((_judge, judge) =>
            Array.from({ length: judgmentTrials }, (_trial, trial) => ({
              judge,
              trial,
              key: `${key}/${judge}/${trial}`,
            })),
          ),
        };
      }),
    ),
  };
}
