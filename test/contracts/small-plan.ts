import type { Item } from '../../src/domain/item.ts';
import type { Judgment } from '../../src/domain/judgment.ts';
import type { RunDefinition } from '../../src/domain/run-definition.ts';
import type { JudgmentMeta, ResponseMeta } from '../../src/ports/outcome-meta.ts';
import type { PlannedItem } from '../../src/ports/run-store.ts';

export function item(id: string, parts: Partial<Item> = {}): Item {
  return {
    id,
    question: ` ${id}？ "<&`,
    reference: `ref ${id} `,
    culture: 'Chinese',
    language: 'zh',
    category: 'Literacy',
    scope: null,
    association: null,
    cluster: null,
    ...parts,
  };
}

const spec = { variant: null, model: 'm', api: 'chat', decoding: { temperature: 0.7 } } as const;
const template = { name: 'zero-shot', fingerprint: 'f1', source: '{{question}}' };
const rubric = { name: 'literacy', fingerprint: 'f2', source: '{{response}}' };
const rubricInChinese = { name: 'literacy.zh', fingerprint: 'f3', source: '回答：{{response}}' };

/** Two models (the second with a variant), one style, one judge. */
export function definition(parts: Partial<RunDefinition> = {}): RunDefinition {
  const charts = { baseline: null, best: null, size: null, dataShare: null, family: null };
  return {
    id: 'small-00000001',
    name: 'small',
    planKey: 'plan-1',
    models: [
      { key: 'model-a', spec: { ...spec, name: 'A' }, ...charts },
      { key: 'model-b', spec: { ...spec, name: 'B', variant: 'Tuned' }, ...charts, size: 7 },
    ],
    styles: [{ name: 'zero-shot', user: template, system: null }],
    judges: [
      {
        key: 'judge-j',
        spec: { ...spec, name: 'J', decoding: {} },
        family: null,
        verdict: 'text',
        expectedRating: false,
      },
    ],
    juries: [],
    scorers: [],
    rubrics: { Literacy: { ...rubric, translations: { zh: rubricInChinese } } },
    provenance: { config: { name: 'small' } },
    ...parts,
  };
}

/** One answer with one judgment for each model, under keys made of the item's id. */
export function planned(of: Item, models: readonly number[] = [0]): PlannedItem {
  return {
    item: of,
    responses: models.map((model) => ({
      model,
      style: 0,
      trial: 0,
      key: `r-${model}-${of.id}`,
      recorded: null,
      judgments: [{ judge: 0, trial: 0, key: `j-${model}-${of.id}` }],
      scorers: [],
    })),
  };
}

export const META: ResponseMeta = {
  suspect: false,
  servedModel: 'served',
  systemFingerprint: null,
  finishReason: 'stop',
  usage: { promptTokens: 5, completionTokens: 3, cachedTokens: null, reasoningTokens: null },
  attempts: 1,
  latencyMs: 12.5,
  endedAt: 1_000,
  notes: ['a note'],
};
export const JUDGMENT_META: JudgmentMeta = {
  ...META,
  endedAt: 2_000,
  parserVersion: 1,
  asks: 1,
  verdictFormat: 'text',
  expected: null,
};

export const RATED: Extract<Judgment, { status: 'rated' }> = {
  status: 'rated',
  rating: 7.5,
  parse: 'strict',
  conflicting: false,
  text: 'Rating: [[7.5]]',
  reasoning: null,
};
export const ERROR = {
  kind: 'server',
  message: 'it broke',
  status: 500,
  code: null,
} as const;
