import { counted } from '../../../domain/counted.ts';
import type { Estimate } from '../../../domain/estimate.ts';
import { ABSENT, figure, signed } from '../../../render/cell-text.ts';
import type { PaperColumn } from '../paper-figures.ts';
import type { CellVerdict } from '../printed-difference.ts';
import type { ReproducedCell, Reproduction, SettingCheck } from '../schema.ts';

/** A cell as texts, for any renderer. Empty where there is nothing to say. */
export interface CellTexts {
  readonly paper: string;
  /** The mean of the paper's own category figures, where its average is not that. */
  readonly unfollowed: string;
  readonly ours: string;
  readonly interval: string;
  /** `n=30`, `n=28, 2 missing`. */
  readonly counts: string;
  readonly difference: string;
  readonly differenceInterval: string;
  readonly verdict: CellVerdict | null;
  readonly reason: string;
}

/** One culture's part of a table. */
export interface CultureGrid {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly CellTexts[] }[];
}

export const VERDICT_SIGNS: Readonly<Record<CellVerdict, string>> = {
  consistent: '=',
  differs: '≠',
  'cannot tell': '?',
};

const NOTHING: CellTexts = {
  paper: '',
  unfollowed: '',
  ours: '',
  interval: '',
  counts: '',
  difference: '',
  differenceInterval: '',
  verdict: null,
  reason: '',
};

/** A grid for each culture: the paper's rows, or where it only draws, ours alone. */
export function cultureGrids({ table, rows, others, given }: Reproduction): CultureGrid[] {
  const { columns, decimals } = table;
  const difference = table.kind === 'difference';
  return [...new Set(columns.map(({ culture }) => culture))].map((culture) => {
    const places = columns.flatMap((column, place) => (column.culture === culture ? [place] : []));
    const pick = <Entry>(entries: readonly Entry[]) =>
      places.flatMap((place) => entries[place] ?? []);
    return {
      title: culture,
      headings: pick(columns).map(headingOf),
      rows: [
        ...rows.map(({ label, cells }) => ({
          label,
          cells: pick(cells).map((cell) => cellTexts(cell, { decimals, difference })),
        })),
        ...given.map(({ label, unit, values }) => ({
          label: `${label} (${unit}), as printed`,
          cells: pick(values).map((value) => ({ ...NOTHING, paper: String(value) })),
        })),
        ...(rows.length > 0 ? [] : others).map(({ label, estimates }) => ({
          label,
          cells: places.map((place) => ({
            ...NOTHING,
            ...estimateTexts(estimates[place] ?? null),
          })),
        })),
      ],
    };
  });
}

function headingOf({ category, scope }: PaperColumn): string {
  return category ?? scope ?? 'Average';
}

function cellTexts(
  cell: ReproducedCell,
  {
    decimals,
    difference: isDifference,
  }: { readonly decimals: number; readonly difference: boolean },
): CellTexts {
  const { paper, ours, unfollowed, difference, verdict, reason } = cell;
  const printed = (value: number) =>
    isDifference && value > 0
      ? `+${value.toFixed(decimals)}`
      : value.toFixed(decimals).replace('-', '−');
  return {
    paper: paper === null ? ABSENT : printed(paper),
    unfollowed: unfollowed === null ? '' : printed(unfollowed),
    ...estimateTexts(ours, isDifference),
    difference: difference === null ? '' : signed(difference.value),
    differenceInterval:
      difference === null ? '' : `${signed(difference.low)} to ${signed(difference.high)}`,
    verdict,
    reason: reason ?? '',
  };
}

function estimateTexts(
  ours: Estimate | null,
  difference = false,
): Pick<CellTexts, 'ours' | 'interval' | 'counts'> {
  if (ours === null) return { ours: ABSENT, interval: '', counts: '' };
  const { value, low, high, n, missing } = ours;
  const show = difference ? signed : figure;
  const range = (from: number, to: number) =>
    difference ? `${show(from)} to ${show(to)}` : `${show(from)}–${show(to)}`;
  return {
    ours: value === null ? ABSENT : show(value),
    interval: low === null || high === null ? '' : range(low, high),
    counts: missing > 0 ? `n=${n}, ${missing} missing` : `n=${n}`,
  };
}

/** `Table 3 of CARE (EMNLP 2025, arXiv 2504.05154): …`. */
export function reproductionTitle({ table, source }: Reproduction): string {
  return `${table.label} of CARE (${source.venue}, arXiv ${source.arxiv}): ${table.title}`;
}

/** What was compared, and what became of it. */
export function reproductionSentences(reproduction: Reproduction): string[] {
  const { rows, runs, judge, counts, others, table } = reproduction;
  const compared = counts.consistent + counts.differs + counts['cannot tell'];
  const made = `${runs.length === 1 ? 'Run' : 'Runs'} ${runs.join(', ')}, judged by ${judge}.`;
  if (rows.length === 0)
    return [made, `The paper draws ${table.label} and prints no figures: ours stand alone.`];
  const absent = rows.filter(({ ours }) => ours.length === 0).map(({ label }) => label);
  return [
    made,
    `${compared} of ${counted(compared + counts['not compared'], 'cell')} compared: ${counts.consistent} consistent, ${counts.differs} differ, ${counts['cannot tell']} inconclusive.`,
    ...(absent.length > 0 ? [`No series of ours for: ${absent.join('; ')}.`] : []),
    ...(others.length > 0
      ? [`No row of the paper for: ${others.map(({ label }) => label).join('; ')}.`]
      : []),
  ];
}

const ONCE =
  'The paper prints means without their spread. Each question was answered once, so chance is bounded by the spread of our ratings between questions, taken to be the paper’s too: SE² = SE² of ours × (1 + n / n of the paper), as if both had drawn questions of their own. Where the questions are shared the true error is smaller, so these verdicts err towards "cannot tell"; answering each question several times (trials.responses) measures it.';
const SEVERAL =
  'The questions are the paper’s and were answered several times, so what answering and judging again changes was measured: SE² = σ² / n of the paper + σ² of our means / n, the paper’s σ² taken to be ours with one answer, judged once. One σ² serves all cells of a model: a category whose answers vary more than most has too small an error.';

/** How verdicts were come to, and what marks mean. */
export function reproductionNotes({ rows, remarks, rule, table }: Reproduction): string[] {
  const cells = rows.flatMap((row) => row.cells);
  const methods = new Set(cells.flatMap(({ difference }) => difference?.method ?? []));
  if (methods.size === 0) return [...remarks];
  const compared = cells.filter(({ difference }) => difference !== null);
  const averages = compared.filter(({ column }) => headingOf(column) === 'Average').length;
  const { margin, level } = rule;
  return [
    'In each cell: the paper’s figure → ours.',
    `Difference: ours minus the paper’s, with its 95 % interval for that cell alone. ${VERDICT_SIGNS.consistent} consistent: shown to be within ±${margin.average} for an average, ±${margin.cell} for a single cell (90 % interval inside the margin). ${VERDICT_SIGNS.differs} differs: p ≤ ${level} after Holm’s adjustment over ${averages} averages, or over ${compared.length - averages} single cells. ${VERDICT_SIGNS['cannot tell']} cannot tell: neither was shown, or more than 10 % of our ratings are missing.`,
    ...(methods.has('spread of questions') ? [ONCE] : []),
    ...(methods.has('measured reruns') ? [SEVERAL] : []),
    `The paper both rounds and cuts off, so its figures may lie ${(10 ** -table.decimals).toFixed(table.decimals)} from their true values: intervals are that much wider.`,
    ...(cells.some(({ unfollowed }) => unfollowed !== null)
      ? [
          '†: the paper’s own average does not follow from its category figures by more than printing explains; their mean stands behind it. It can follow only if categories had unequal numbers of readable ratings.',
        ]
      : []),
    ...remarks,
  ];
}

/** Settings in the order in which a reader wants them: what differs first. */
export function sortedSettings({ settings }: Reproduction): SettingCheck[] {
  const order = ['differs', 'unknown', 'same'];
  return [...settings].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

export const STATE_WORDS: Readonly<Record<SettingCheck['state'], string>> = {
  differs: 'differs',
  unknown: 'not known',
  same: 'same',
};
