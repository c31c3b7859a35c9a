import { counted } from '../../../domain/counted.ts';
import type { Grid } from '../../../render/grid.ts';
import {
  ABSENT,
  detectsText,
  pText,
  rangeText,
  signed,
  twoDecimals,
} from '../../../render/number-text.ts';
import type { Family } from '../../../series/contrasts/strata.ts';
import { sliceName } from '../../../series/names/series.ts';
import type { Comparison, ComparisonRow, ComparisonSet } from '../schema.ts';
import { comparisonSentences } from './sentences.ts';

export interface ComparisonSection {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly grid: Grid;
}

/** A comparison before anyone has decided how it looks. */
export interface ComparisonLayout {
  readonly sections: readonly ComparisonSection[];
  readonly notes: readonly string[];
}

/** Above this number of pairs a terminal shows the overview alone. */
const PAIRS_IN_FULL = 3;

export function layOutComparison(set: ComparisonSet, detail: 'all' | 'few'): ComparisonLayout {
  const { comparisons } = set;
  const full = detail === 'all' || comparisons.length <= PAIRS_IN_FULL;
  return {
    sections: [
      ...(comparisons.length > 1 ? [overviewSection(set)] : []),
      ...(full ? comparisons.map((comparison) => pairSection(comparison, set)) : []),
    ],
    notes: notesOf(set),
  };
}

const MISSING_NOTE = 'a question without a rating on either side is left out of the pair';

/** Pairs that the p-values are adjusted over; a report shows some of them. */
function pairsOf({ series }: ComparisonSet): number {
  return (series.length * (series.length - 1)) / 2;
}

const ADJUSTMENTS = { holm: 'Holm', 'max-t': 'max-T', 'bonferroni-t': 'Bonferroni' } as const;

function testNote(set: ComparisonSet): string {
  const { test, carried } = set;
  if (carried)
    return `p: t tests with the bridge’s error, two-sided; total, cultures and categories adjusted by Holm at ${test.level * 100} %, culture × category by Benjamini–Hochberg at ${test.cellRate * 100} %: exploratory.`;
  const count = pairsOf(set);
  const pairs = count > 1 ? ` over all ${count} pairs` : '';
  const adjusted = `total${pairs} and cultures with categories adjusted by ${ADJUSTMENTS[test.adjustment]} at ${test.level * 100} %`;
  if (test.adjustment === 'bonferroni-t')
    return `p: paired t, two-sided, as the pairs are too many for sign-flips; ${adjusted}, culture × category likewise at ${test.cellRate * 100} %: exploratory.`;
  const flips = test.exact ? `all ${test.flips} sign-flips` : `${test.flips} sign-flips`;
  return `p: ${flips}, studentised, two-sided (seed ${test.seed}); ${adjusted}, culture × category by Benjamini–Hochberg at ${test.cellRate * 100} %: exploratory.`;
}

function notesOf(set: ComparisonSet): string[] {
  const { questions, estimand, bridged, carried } = set;
  return [
    ...(carried ? [carriedNote(carried)] : []),
    ...(bridged && !carried
      ? [
          'BRIDGED: not the same judge and rubrics on all sides. A difference may be the judges’, not the models’.',
        ]
      : []),
    `${counted(questions, 'question')} that all sides have; difference = first minus second, paired by question; ${MISSING_NOTE}.`,
    `Intervals are 95 % for a row by itself (stratified, clustered t) and speak about ${estimand}.`,
    testNote(set),
    'p is adjusted over the pairs shown here or counted above: where more models are compared, as in a report, the same two have a larger p than in a comparison of those two alone.',
    'p is exact for differences symmetric about their mean. Detects: the difference that this design finds with 80 % power, at 5 % for a row by itself; – under six questions, which no test can tell apart. Needs: questions (q), or answers a question (a) where reruns were measured, to find a difference of the size seen. "Not resolved" is not "equal".',
  ];
}

function carriedNote({
  from,
  to,
  series,
  method,
  outside,
}: NonNullable<ComparisonSet['carried']>): string {
  const range =
    outside === 0
      ? ''
      : ` ${counted(outside, 'question')} of it outside the range that the bridge was made from.`;
  return `CARRIED: ${series} was rated by ${from} and carried to the scale of ${to} (${method}); the bridge’s error is in the intervals, what the judges think of single models is not.${range}`;
}

function overviewSection(set: ComparisonSet): ComparisonSection {
  const { comparisons } = set;
  return {
    title: comparisons.length < pairsOf(set) ? 'Pairs, total' : 'All pairs, total',
    sentences: [],
    grid: {
      figuresFrom: 2,
      headings: ['First', 'Second', 'Mean 1', 'Mean 2', ...FIGURE_HEADINGS.slice(2)],
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
    },
  };
}

const FIGURE_HEADINGS = [
  'First',
  'Second',
  'Difference',
  '95 % interval',
  'p',
  'Finding',
  'Win/tie/loss',
  'Detects',
  'Needs',
  'n',
] as const;

function pairSection(comparison: Comparison, set: ComparisonSet): ComparisonSection {
  const inFamily = (family: Family) => comparison.rows.filter((row) => row.family === family);
  const groups = [
    { name: null, rows: inFamily('total') },
    { name: 'Cultures and categories', rows: inFamily('slices') },
    { name: 'Culture × category (exploratory)', rows: inFamily('cells') },
  ];
  return {
    title: `${comparison.candidate} − ${comparison.baseline}`,
    sentences: comparisonSentences(comparison, set),
    grid: {
      figuresFrom: 1,
      headings: ['Questions', ...FIGURE_HEADINGS],
      groups: groups.map(({ name, rows }) => ({
        name,
        rows: rows.map((row) => [sliceName(row.by), ...figuresOf(row)]),
      })),
    },
  };
}

const FINDINGS = {
  'candidate-higher': 'higher',
  'baseline-higher': 'lower',
  unresolved: 'not resolved',
} as const satisfies Record<ComparisonRow['finding'], string>;

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
