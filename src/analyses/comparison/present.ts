import {
  type Block,
  callout,
  type Document,
  heading,
  notes,
  tableBlock,
  text,
} from '../../render/document.ts';
import {
  ABSENT,
  detectsText,
  pText,
  rangeText,
  signed,
  twoDecimals,
} from '../../render/number-text.ts';
import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import type { Family } from '../../series/contrasts/strata.ts';
import { sliceName } from '../../series/names/series.ts';
import { basisOf, comparisonNotes, pairsOf } from './notes.ts';
import type { RunComparison } from './run-comparisons.ts';
import type { Comparison, ComparisonRow, ComparisonSet } from './schema.ts';
import { comparisonSentences } from './sentences.ts';

/** How many pairs are shown with all their rows; the overview has all of them in total. */
export type Detail = 'all' | 'page' | 'few';

/** A terminal shows all rows of so few pairs, or of none. */
const FEW = 3;
/** Most pairs of a page, so that a browser opens it at once. */
const PAGE = 100;

/** Two or more series against each other, question by question. */
export function presentComparison(set: ComparisonSet, detail: Detail): Document {
  const { comparisons, series } = set;
  const [first] = comparisons;
  const left = detail === 'page' ? comparisons.length - PAGE : 0;
  return {
    title:
      first !== undefined && comparisons.length === 1
        ? pairName(first)
        : `${series.length} sides, all pairs`,
    blocks: [
      ...basisOf(set).map(({ label, sentence }) => callout(label, sentence)),
      ...pairBlocks(set, { name: 'pairs', full: pairsInFull(detail, comparisons.length) }),
      ...(left > 0 ? [text(`${left} more pairs are above in total only.`)] : []),
      heading('How to read it'),
      notes(comparisonNotes(set)),
    ],
  };
}

function pairsInFull(detail: Detail, pairs: number): number {
  if (detail === 'few') return pairs <= FEW ? pairs : 0;
  return detail === 'page' ? PAGE : pairs;
}

/** Most pairs of a report's page with all their rows; the file `comparison.md` has the others. */
const REPORT = 24;

/** The models of a report against each other under every judge and prompting style. */
export function presentRunComparisons(
  entries: readonly RunComparison[],
  detail: 'all' | 'page',
): Document {
  const full = detail === 'all' ? Number.POSITIVE_INFINITY : Math.floor(REPORT / entries.length);
  const remarks = entries.flatMap(({ set }) => comparisonNotes(set));
  return {
    title: 'Models compared question by question',
    blocks: [
      ...entries.flatMap((entry, index) =>
        runBlocks(entry, { name: `comparison-${index + 1}`, full }),
      ),
      ...(remarks.length === 0 ? [] : [heading('How to read it'), notes([...new Set(remarks)])]),
    ],
  };
}

interface Extent {
  /** What the names of the tables begin with. */
  readonly name: string;
  readonly full: number;
}

function runBlocks({ judge, style, set, pairs, shown }: RunComparison, extent: Extent): Block[] {
  const { length } = set.comparisons;
  const left = length - extent.full;
  return [
    heading(`${style}, judged by ${judge}`),
    ...(shown === 'best-and-baselines'
      ? [
          text(
            `Shown: the best model against every other, and variants against their baselines; ${length} of ${pairs} pairs. Their p-values are adjusted over all ${pairs}. care-judge compare shows any others.`,
          ),
        ]
      : []),
    ...pairBlocks(set, extent),
    ...(length > 1 && left > 0
      ? [text(`${left} more of these pairs are in full in comparison.md, beside this page.`)]
      : []),
  ];
}

/** The overview of several pairs, then some of them, each folded up; a single pair is open. */
function pairBlocks(set: ComparisonSet, { name, full }: Extent): Block[] {
  const { comparisons } = set;
  const [first, ...more] = comparisons;
  if (first === undefined) return [];
  if (more.length === 0) return pairInFull(first, set, name);
  return [
    tableBlock(overviewTable(set, name)),
    ...comparisons.slice(0, full).map(
      (pair, index): Block => ({
        kind: 'details',
        summary: pairName(pair),
        blocks: pairInFull(pair, set, `${name}-${index + 1}`),
      }),
    ),
  ];
}

function pairName({ candidate, baseline }: Comparison): string {
  return `${candidate} − ${baseline}`;
}

function pairInFull(pair: Comparison, set: ComparisonSet, name: string): Block[] {
  return [text(...comparisonSentences(pair, set)), tableBlock(pairTable(pair, name))];
}

const FIGURES = ['Difference', '95 % interval', 'p', 'Finding', 'Win/tie/loss', 'Detects', 'Needs'];

const FINDINGS = {
  'candidate-higher': 'higher',
  'baseline-higher': 'lower',
  unresolved: 'too close to call',
} as const satisfies Record<ComparisonRow['finding'], string>;

const FOUND = [FINDINGS['candidate-higher'], FINDINGS['baseline-higher']];

function overviewTable(set: ComparisonSet, name: string): Table {
  const { comparisons } = set;
  return textTable({
    name,
    title: comparisons.length < pairsOf(set) ? 'Pairs, total' : 'All pairs, total',
    labels: 2,
    headings: ['First', 'Second', 'Mean 1', 'Mean 2', ...FIGURES, 'n'],
    groups: [
      {
        name: null,
        rows: comparisons.flatMap(({ candidate, baseline, rows }) =>
          rows
            .filter(({ family }) => family === 'total')
            .map((row) => [candidate, baseline, ...figuresOf(row)]),
        ),
      },
    ],
    found: FOUND,
  });
}

function pairTable({ rows }: Comparison, name: string): Table {
  const inFamily = (family: Family) =>
    rows
      .filter((row) => row.family === family)
      .map((row) => [sliceName(row.by), ...figuresOf(row)]);
  return textTable({
    name,
    title: 'By culture and category',
    labels: 1,
    headings: ['Questions', 'First', 'Second', ...FIGURES, 'n'],
    groups: [
      { name: null, rows: inFamily('total') },
      { name: 'Cultures and categories', rows: inFamily('slices') },
      { name: 'Culture × category (exploratory)', rows: inFamily('cells') },
    ],
    found: FOUND,
  });
}

function figuresOf(row: ComparisonRow): string[] {
  const { candidate, baseline, difference, wins, ties, losses } = row;
  return [
    candidate === null ? ABSENT : twoDecimals(candidate),
    baseline === null ? ABSENT : twoDecimals(baseline),
    difference === null ? ABSENT : signed(difference),
    rangeText(row),
    pText(row.adjusted),
    FINDINGS[row.finding],
    `${wins}/${ties}/${losses}`,
    detectsText(row),
    needsText(row),
    String(row.n),
  ];
}

function needsText({ neededQuestions, neededAnswers }: ComparisonRow): string {
  return [
    ...(neededQuestions === null ? [] : [`${neededQuestions} q`]),
    ...(neededAnswers === null ? [] : [`${neededAnswers} a`]),
  ].join(' / ');
}
