import type { CellCoverage, RunSummary } from '../../src/analyses/summary/schema.ts';
import type { Estimate } from '../../src/domain/estimate.ts';
import { MISSING_REASONS } from '../../src/ports/run-archive.ts';
import type { Slice, SliceEstimate } from '../../src/series/schema.ts';

/** `7.10 6.50 7.70 30` or `7.10 6.50 7.70 29 1`: value, low, high, n, missing; `-` for an absent one. */
export function estimate(text: string): Estimate {
  const [value = null, low = null, high = null, n = 0, missing = 0] = text
    .split(' ')
    .map((part) => (part === '-' ? null : Number(part)));
  return { value, low, high, n: n ?? 0, missing: missing ?? 0, method: 'mean, 95 % t interval' };
}

const HAN = 'Chinese';
const ARAB = 'Arab';
const SLICES: readonly Slice[] = [
  {},
  { culture: HAN },
  { culture: ARAB },
  { category: 'Opinion' },
  { category: 'Literacy' },
  { culture: HAN, category: 'Opinion' },
  { culture: HAN, category: 'Literacy' },
  { culture: ARAB, category: 'Opinion' },
  { culture: ARAB, category: 'Literacy' },
  { culture: HAN, scope: 'Nationwide' },
  { culture: HAN, scope: 'Worldwide' },
  { culture: ARAB, scope: 'Nationwide' },
];

/** One text a slice, in the order of SLICES. */
const FIGURES: readonly {
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
  readonly figures: readonly string[];
}[] = [
  {
    model: 'Qwen_7B & 50%',
    variant: 'Vanilla',
    style: 'zero-shot',
    figures: [
      '4.995 4.60 5.39 119 1',
      '4.99 4.50 5.48 60',
      '5.00 4.50 5.50 59 1',
      '6.00 5.60 6.40 60',
      '4.00 3.60 4.40 59 1',
      '5.98 5.40 6.56 30',
      '4.00 3.40 4.60 30',
      '6.02 5.50 6.54 30',
      '3.97 3.40 4.54 29 1',
      '5.10 4.60 5.60 56',
      '3.50 2.10 4.90 4',
      '5.00 4.50 5.50 59 1',
    ],
  },
  {
    model: 'Qwen_7B & 50%',
    variant: 'Aligned',
    style: 'zero-shot',
    figures: [
      '7.00 6.70 7.30 120',
      '7.20 6.80 7.60 60',
      '6.80 6.40 7.20 60',
      '8.00 7.70 8.30 60',
      '6.00 5.70 6.30 60',
      '8.40 8.00 8.80 30',
      '6.00 5.50 6.50 30',
      '7.60 7.20 8.00 30',
      '6.00 5.60 6.40 30',
      '7.10 6.70 7.50 56',
      '9.00 8.50 9.50 4',
      '6.80 6.40 7.20 60',
    ],
  },
  {
    model: 'نموذج العربية',
    variant: null,
    style: 'zero-shot',
    figures: [
      '6.90 6.60 7.20 120',
      '6.50 6.10 6.90 60',
      '7.30 6.90 7.70 60',
      '7.45 7.10 7.80 60',
      '6.35 6.00 6.70 60',
      '7.00 6.60 7.40 30',
      '6.00 5.60 6.40 30',
      '7.90 7.50 8.30 30',
      '6.70 6.45 6.95 30',
      '6.60 6.20 7.00 56',
      '5.10 - - 4',
      '7.30 6.90 7.70 60',
    ],
  },
  {
    model: 'Qwen_7B & 50%',
    variant: 'Vanilla',
    style: 'role-play',
    figures: SLICES.map(() => '- - - 0 60'),
  },
];

/** Two models on two cultures: a figure for each mark, missing ratings, sparse cells, awkward names. */
export function handMadeSummary(): RunSummary {
  const estimates = FIGURES.flatMap(({ model, variant, style, figures }) =>
    SLICES.map((by, index): SliceEstimate => {
      const made = estimate(figures[index] ?? '-');
      const average = by.scope === undefined && (by.culture === undefined) !== !by.category;
      return {
        model,
        variant,
        style,
        judge: 'Judge',
        scale: 'rating',
        by,
        estimate: made,
        tiedWithBest: null,
        frozen: null,
        spread: null,
        macro: average || Object.keys(by).length === 0 ? made.value : null,
      };
    }),
  );
  return {
    version: 1,
    run: { id: 'hand-made-00000000', name: 'hand-made', provenance: {} },
    models: [
      { model: 'Qwen_7B & 50%', variant: 'Vanilla', baseline: null, size: 7, dataShare: 0 },
      { model: 'Qwen_7B & 50%', variant: 'Aligned', baseline: 'Vanilla', size: 7, dataShare: 1 },
      { model: 'نموذج العربية', variant: null, baseline: null, size: 70, dataShare: null },
    ],
    questions: 120,
    cultures: [HAN, ARAB],
    categories: ['Opinion', 'Literacy'],
    scopes: ['Nationwide', 'Worldwide'],
    planned: 480,
    rated: 359,
    estimand: 'the mean over these questions',
    ties: 'none tested',
    scopeContrasts: [],
    components: [],
    missingness: { bounds: [], cultures: [], models: [] },
    estimates,
    coverage: FIGURES.flatMap(({ model, variant, style, figures }) =>
      SLICES.slice(5, 9).map((by, index): CellCoverage => {
        const { n, missing } = estimate(figures[index + 5] ?? '-');
        const lost = n === 0 ? 30 : missing;
        return {
          model,
          variant,
          style,
          judge: 'Judge',
          culture: by.culture ?? '',
          category: by.category ?? '',
          planned: 30,
          rated: 30 - lost,
          truncated: n === 0 ? 0 : 2,
          missing: {
            ...none(),
            ...(n === 0 ? { response_failed: lost } : { judgment_unparsed: lost }),
          },
        };
      }),
    ),
  };
}

function none(): CellCoverage['missing'] {
  const [a, b, c, d, e, f, g, h] = MISSING_REASONS;
  return { [a]: 0, [b]: 0, [c]: 0, [d]: 0, [e]: 0, [f]: 0, [g]: 0, [h]: 0 };
}
