import Database from 'better-sqlite3';
import { openRunStore } from '../../src/adapters/sqlite/write/run-store.ts';
import type { Item } from '../../src/domain/item.ts';
import { planRun, type RunShape } from '../support/stored-run.ts';
import { CATEGORIES, SCOPES } from './workload.ts';

const CULTURES = [
  ['Chinese', 'zh', '一个关于节日、礼节和日常饮食的回答，说明人们为什么这样做。'],
  ['Arab', 'ar', 'إجابة عن العادات والضيافة والمناسبات تشرح ما يفعله الناس ولماذا. '],
  ['Japanese', 'ja', '行事や作法、食卓の習慣について、なぜそうするのかを説明する答え。'],
] as const;
const MODELS = Array.from({ length: 5 }, (_, index) => `Model ${index + 1}`).flatMap((name) => [
  { name, variant: 'Vanilla' },
  { name, variant: 'Aligned', baseline: 'Vanilla' },
]);

/** How much a store of a benchmark holds; ten models. */
export interface Size {
  readonly items: number;
  readonly styles: readonly string[];
  readonly judges: readonly string[];
  readonly trials: number;
}

/** Plans a run with its answers, then judges all of it in two statements; gives the number of judgments. */
export function fill(db: string, size: Size): number {
  const shape: RunShape = {
    name: 'bench',
    models: MODELS,
    styles: size.styles,
    judges: size.judges,
    judgmentTrials: size.trials,
    items: items(size.items),
    rubric: 'Compare and rate. Rating: [[n]]',
    answer: ({ item }) => ({
      status: 'completed',
      text: textOf(item.culture).repeat(6),
      reasoning: null,
    }),
  };
  const store = openRunStore(db);
  planRun(store, shape);
  store.close();
  const database = new Database(db);
  // Ratings that differ by model and judging, one verdict in 200 without one.
  const { changes } = database
    .prepare(
      `UPDATE judgments SET status = 'rated', parse = 'strict', conflicting = 0, parser_version = 1,
         rating = 1 + (id * 2654435761 / 65536 + (id / 7) % 5) % 10,
         text = 'The response covers most of what the reference says, leaves out one detail and adds nothing that is wrong. '
           || 'It is fluent, fits the culture that is asked about and answers the question as it was put. Rating: [[7]]',
         asks = 1, served_model = 'judge-1', attempts = 1, latency_ms = 1, ended_at = 1700000000000`,
    )
    .run();
  database
    .prepare(
      "UPDATE judgments SET status = 'unparsed', parse = NULL, conflicting = NULL, rating = NULL WHERE id % 200 = 0",
    )
    .run();
  database.close();
  return changes;
}

function* items(count: number): Generator<Item> {
  for (let index = 0; index < count; index += 1) {
    const [culture, language, text] = CULTURES[index % CULTURES.length] ?? CULTURES[0];
    yield {
      id: `q-${index}`,
      question: `${text} ${index}?`,
      reference: text.repeat(4),
      culture,
      language,
      category: CATEGORIES[index % CATEGORIES.length] ?? '',
      scope: SCOPES[index % SCOPES.length] ?? null,
      association: null,
      cluster: null,
    };
  }
}

function textOf(culture: string): string {
  return CULTURES.find(([name]) => name === culture)?.[2] ?? '';
}
