import type { Estimate } from '../../../domain/estimate.ts';
import {
  type Column,
  type FigureCell,
  SPARSE_BELOW,
  type Table,
  type TableRow,
} from '../../../render/table.ts';
import {
  AGREEMENT_MEASURES,
  type AgreementMeasure,
} from '../../../stats/agreement/table-agreement.ts';
import {
  AGREEMENT_LEVELS,
  type Agreement,
  type AgreementLevel,
  type AgreementReport,
  type AgreementSlice,
} from '../schema.ts';

const MEASURE_NAMES: Readonly<Record<AgreementMeasure, string>> = {
  pearson: 'Pearson r',
  spearman: 'Spearman ρ',
  kendallTauB: 'Kendall τ-b',
  alphaOrdinal: 'Krippendorff α, ordinal',
  alphaInterval: 'Krippendorff α, interval',
  alphaNominal: 'Krippendorff α, nominal',
  quadraticKappa: 'Quadratic weighted κ',
  icc: 'ICC(2,1)',
  iccAverage: 'ICC(2,k)',
  bias: 'Bias',
  meanAbsoluteError: 'Mean absolute error',
  exact: 'Same rating',
  withinOne: 'At most 1 apart',
  slope: 'Slope',
  pairwiseAccuracy: 'Pairs ordered alike',
};

const LEVEL_NAMES: Readonly<Record<AgreementLevel, string>> = {
  pooled: 'Pooled',
  within: 'Within culture × model',
  question: 'Per question across models',
  system: 'Between models',
};

/** Who is compared with whom. */
export function agreementTitle({ kind, first, second }: Agreement): string {
  if (kind === 'human-human') return 'People with people';
  return `${first} with ${second}`;
}

/** Every table of a comparison of ratings that has something to show. */
export function agreementTables(report: AgreementReport): Table[] {
  return [
    ...report.agreements.map((agreement, index) => levelTable(agreement, index + 1)),
    ...report.agreements.flatMap(raterTable),
    ...cultureTable(report),
    ...categoryTable(report),
    ...(report.agreements.length > 0 ? [sliceTable(report)] : []),
  ];
}

/** Measures × the four levels. */
function levelTable(agreement: Agreement, number: number): Table {
  const levels = agreement.slices[0]?.levels ?? [];
  const shown = AGREEMENT_LEVELS.filter((name) =>
    levels.some(({ level, figures }) => level === name && hasValue(figures)),
  );
  const figuresOf = (name: AgreementLevel) =>
    levels.find(({ level }) => level === name)?.figures ?? {};
  return {
    name: `agreement-${number}`,
    title: `Agreement: ${agreementTitle(agreement)}`,
    note: 'n: pairs of ratings; pairs in cells; questions; models. Intervals: 95 %, bootstrap of questions. Bias: first minus second; slope: of first on second, below 1 the first compresses the scale.',
    labels: ['Measure'],
    columns: shown.map((level) => plainColumn(LEVEL_NAMES[level])),
    rows: AGREEMENT_MEASURES.filter((measure) =>
      shown.some((level) => figuresOf(level)[measure] !== undefined),
    ).map((measure) => ({
      labels: [MEASURE_NAMES[measure]],
      cells: shown.map((level) => coefficient(measure, figuresOf(level)[measure])),
    })),
  };
}

const hasValue = (figures: Agreement['slices'][number]['levels'][number]['figures']) =>
  Object.values(figures).some((figure) => figure !== undefined && figure.value !== null);

const BY_RATERS = [
  'pearson',
  'spearman',
  'alphaOrdinal',
  'meanAbsoluteError',
  'withinOne',
] as const;

/** Each two people alone. */
function raterTable({ raterPairs = [] }: Agreement): Table[] {
  if (raterPairs.length < 2) return [];
  return [
    {
      name: 'agreement-raters',
      title: 'Agreement by pair of raters',
      note: 'The pairs with most answers in common, at most 20; n: answers; 95 % intervals.',
      labels: ['Rater', 'Rater'],
      columns: BY_RATERS.map((measure) => plainColumn(MEASURE_NAMES[measure])),
      rows: raterPairs.map(({ raters, figures }) => ({
        labels: [...raters],
        cells: BY_RATERS.map((measure) => coefficient(measure, figures[measure])),
      })),
    },
  ];
}

const BY_CULTURE = ['alphaOrdinal', 'pearson', 'spearman', 'kendallTauB'] as const;

/** Comparisons × culture with α, r, ρ and τ: the paper's Table 2. */
function cultureTable({ agreements }: AgreementReport): Table[] {
  const rows = agreements.flatMap((agreement): TableRow[] =>
    slicesWith(
      agreement,
      ({ culture, category }) => category === undefined && culture !== undefined,
    ).map((slice) => ({
      labels: [agreementTitle(agreement), slice.by.culture ?? ''],
      cells: BY_CULTURE.map((measure) => pooledFigure(slice, measure)),
    })),
  );
  if (rows.length === 0) return [];
  return [
    {
      name: 'agreement-by-culture',
      title: 'Agreement by culture',
      note: 'Pooled pairs of a culture, as in the CARE paper’s Table 2; 95 % intervals.',
      labels: ['Between', 'Culture'],
      columns: BY_CULTURE.map((measure) => plainColumn(MEASURE_NAMES[measure])),
      rows,
    },
  ];
}

/** Comparisons × culture × category with Spearman's rho: the paper's Table 10. */
function categoryTable({ agreements }: AgreementReport): Table[] {
  const categories = distinct(
    agreements.flatMap(({ slices }) => slices.flatMap(({ by }) => by.category ?? [])),
  );
  if (categories.length === 0) return [];
  const rows = agreements.flatMap((agreement) => {
    const cultures = distinct(agreement.slices.flatMap(({ by }) => by.culture ?? []));
    return [undefined, ...cultures].map((culture): TableRow => {
      const cells = categories.map((category) => {
        const [slice] = slicesWith(
          agreement,
          (by) => by.category === category && by.culture === culture,
        );
        return slice === undefined ? null : pooledFigure(slice, 'spearman');
      });
      return { labels: [agreementTitle(agreement), culture ?? 'All'], cells };
    });
  });
  return [
    {
      name: 'agreement-by-category',
      title: 'Spearman’s ρ by culture and category',
      note: 'Pooled pairs, as in the CARE paper’s Table 10; 95 % intervals.',
      labels: ['Between', 'Culture'],
      columns: categories.map(plainColumn),
      rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)),
    },
  ];
}

/** Everything about every slice, for spreadsheets. */
function sliceTable({ agreements }: AgreementReport): Table {
  return {
    name: 'agreement-slices',
    title: 'Agreement by slice, all measures',
    note: 'Pooled pairs; 95 % intervals.',
    labels: ['Between', 'Culture', 'Category'],
    columns: AGREEMENT_MEASURES.map((measure) => plainColumn(MEASURE_NAMES[measure])),
    rows: agreements.flatMap((agreement) =>
      agreement.slices.map((slice) => ({
        labels: [agreementTitle(agreement), slice.by.culture ?? 'All', slice.by.category ?? 'All'],
        cells: AGREEMENT_MEASURES.map((measure) => pooledFigure(slice, measure)),
      })),
    ),
  };
}

function slicesWith(
  { slices }: Agreement,
  wanted: (by: AgreementSlice['by']) => boolean,
): AgreementSlice[] {
  return slices.filter(({ by }) => wanted(by));
}

function pooledFigure({ levels }: AgreementSlice, measure: AgreementMeasure) {
  const figure = levels.find(({ level }) => level === 'pooled')?.figures[measure];
  return figure === undefined ? null : coefficient(measure, figure);
}

/** Missing ratings are the same at all levels, and said once beside the tables. */
function coefficient(measure: AgreementMeasure, figure: Estimate | undefined): FigureCell | null {
  if (figure === undefined) return null;
  return {
    kind: measure === 'bias' ? 'difference' : 'coefficient',
    estimate: { ...figure, missing: 0 },
    macro: null,
    mark: null,
    tiedWithBest: null,
    sparse: figure.n < SPARSE_BELOW,
  };
}

function plainColumn(heading: string): Column {
  return { group: null, heading, average: false };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
