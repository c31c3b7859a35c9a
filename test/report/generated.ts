import type { RunSummary } from '../../src/analyses/summary/schema.ts';
import { summarizeRun } from '../../src/analyses/summary/summarize.ts';
import type { ItemLabels, QuestionScore, StoredRun } from '../../src/ports/run-archive.ts';
import { MISSING_REASONS } from '../../src/ports/run-archive.ts';
import type { RatingCount } from '../../src/render/chart/chart.ts';
import { createRandom } from '../../src/stats/random/random.ts';

export interface GeneratedRun {
  readonly models: readonly {
    readonly name: string;
    readonly variant: string | null;
    readonly baseline: string | null;
    readonly size?: number;
    readonly dataShare?: number;
  }[];
  readonly styles: readonly string[];
  readonly judges: readonly string[];
  /** Share of judgments without a rating. */
  readonly missing: number;
  readonly perCell: number;
}

const CULTURES = ['Chinese', 'Arab', 'Japanese'];
const CATEGORIES = [
  'Cultural entities',
  'Opinion',
  'Social norms',
  'Cultural commonsense',
  'Literacy',
];
const SCOPES = ['Sub-nationwide', 'Nationwide', 'Nationwide', 'Nationwide', 'Continent-wide'];

/** A run with seeded ratings, summarised by the program itself. */
export function generatedRun(run: GeneratedRun): {
  readonly summary: RunSummary;
  readonly counts: readonly RatingCount[];
} {
  const random = createRandom('generated');
  const items = CULTURES.flatMap((culture, c) =>
    CATEGORIES.flatMap((category, k) =>
      Array.from({ length: run.perCell }, (_, index): ItemLabels => {
        const position = (c * CATEGORIES.length + k) * run.perCell + index;
        const rare = culture === 'Japanese' && index < 1 && k < 3;
        return {
          position,
          key: `q${position}`,
          id: `q${position}`,
          culture,
          language: 'xx',
          category,
          scope: rare ? 'Worldwide' : (SCOPES[index % SCOPES.length] ?? null),
          association: null,
          cluster: null,
        };
      }),
    ),
  );
  const scores = run.models.flatMap((_, model) =>
    run.styles.flatMap((_style, style) =>
      run.judges.flatMap((_judge, judge) =>
        items.map(({ position }): QuestionScore => {
          const skill = 3 + ((model * 5) % 7) + style * 0.2 + (position % 3) * 0.4;
          const rated = random.uniform() >= run.missing;
          const rating = Math.max(1, Math.min(10, Math.round(skill + 1.6 * random.normal())));
          return {
            model,
            style,
            judge,
            item: position,
            rating: rated ? rating : null,
            planned: 1,
            rated: rated ? 1 : 0,
          };
        }),
      ),
    ),
  );
  const stored = storedRun(run);
  return {
    summary: summarizeRun({
      run: stored,
      items,
      scores,
      trials: () => [],
      coverage: coverageOf(items, scores),
    }),
    counts: countsOf(run, items, scores),
  };
}

function coverageOf(items: readonly ItemLabels[], scores: readonly QuestionScore[]) {
  const cells = groupBy(scores, ({ model, style, judge, item }) => {
    const labels = items[item];
    return JSON.stringify([model, style, judge, labels?.culture, labels?.category]);
  });
  return [...cells.values()].flatMap((cell) => {
    const [first] = cell;
    const labels = first && items[first.item];
    if (!first || !labels) return [];
    const rated = cell.filter(({ rating }) => rating !== null).length;
    const [a, b, c, d, e, f, g, h] = MISSING_REASONS;
    return {
      model: first.model,
      style: first.style,
      judge: first.judge,
      culture: labels.culture,
      category: labels.category,
      planned: cell.length,
      rated,
      missing: { [a]: 0, [b]: 0, [c]: 0, [d]: cell.length - rated, [e]: 0, [f]: 0, [g]: 0, [h]: 0 },
      truncated: 0,
    };
  });
}

function countsOf(
  run: GeneratedRun,
  items: readonly ItemLabels[],
  scores: readonly QuestionScore[],
): RatingCount[] {
  const counted = groupBy(
    scores.filter(({ rating }) => rating !== null),
    ({ model, style, judge, item, rating }) =>
      JSON.stringify([model, style, judge, items[item]?.culture, rating]),
  );
  return [...counted.values()].flatMap((group) => {
    const [first] = group;
    const model = first && run.models[first.model];
    if (!model || first.rating === null) return [];
    return {
      model: model.name,
      variant: model.variant,
      style: run.styles[first.style] ?? '',
      judge: run.judges[first.judge] ?? '',
      culture: items[first.item]?.culture ?? '',
      rating: first.rating,
      count: group.length,
    };
  });
}

function storedRun({ models, styles, judges }: GeneratedRun): StoredRun {
  const spec = { model: null, api: 'chat', decoding: {} } as const;
  return {
    definition: {
      id: 'generated-00000000',
      name: 'generated',
      planKey: '0',
      models: models.map(({ name, variant, baseline, size, dataShare }) => ({
        key: `${name}/${variant}`,
        spec: { ...spec, name, variant },
        baseline,
        best: null,
        size: size ?? null,
        dataShare: dataShare ?? null,
        family: null,
      })),
      styles: styles.map((name) => ({ name, user: null, system: null })),
      judges: judges.map((name) => ({
        key: name,
        spec: { ...spec, name, variant: null },
        family: null,
        verdict: 'text' as const,
        expectedRating: false,
      })),
      juries: [],
      scorers: [],
      rubrics: {},
      provenance: {},
    },
    sessions: [],
    served: [],
  };
}

function groupBy<Entry>(
  entries: readonly Entry[],
  key: (entry: Entry) => string,
): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(key(entry)) ?? [];
    group.push(entry);
    groups.set(key(entry), group);
  }
  return groups;
}
