import { pText } from './number-text.ts';
import {
  type Cell,
  type ComparisonCell,
  type FigureCell,
  isFigure,
  type Mark,
  type Table,
} from './table.ts';

export const ABSENT = '–';
const MINUS = '−';

/** A macro average nearer than this to the plain one is left out of tables made for reading. */
const MACRO_DIFFERENCE = 0.05;

/** Signs for layouts without bold and underline. */
export const MARK_SIGNS: Readonly<Record<Exclude<Mark, null>, string>> = {
  best: '*',
  second: '+',
  tied: '≈',
  apart: '†',
};

const MARK_MEANINGS: Readonly<Record<Exclude<Mark, null>, string>> = {
  best: 'best of its column',
  second: 'second best',
  tied: 'too close to the best to call',
  apart: 'its 95 % interval does not hold 0',
};

/** Two decimals, as the paper prints. */
export function figure(value: number): string {
  return value.toFixed(2);
}

/** Two decimals with a sign, but for what rounds to 0. */
export function signed(value: number): string {
  const size = figure(Math.abs(value));
  if (Number(size) === 0) return size;
  return `${value < 0 ? MINUS : '+'}${size}`;
}

const TEXTS: Readonly<Record<FigureCell['kind'], (value: number) => string>> = {
  rating: figure,
  difference: signed,
  bounds: figure,
  coefficient: (value) => figure(value).replace('-', MINUS),
  'p-value': pText,
};

/** One decimal. */
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A cell's main text; an absent figure is a dash, never a number. */
export function cellValue(cell: Cell | null): string {
  if (cell === null) return '';
  if (cell.kind === 'text') return cell.text;
  if (cell.kind === 'count') return String(cell.count);
  if (cell.kind === 'share') return cell.share === null ? ABSENT : percent(cell.share);
  if (cell.kind === 'comparison') return comparisonValue(cell);
  const { value } = cell.estimate;
  if (value === null) return ABSENT;
  const text = TEXTS[cell.kind](value);
  return cell.sparse ? `(${text})` : text;
}

/** `4.61† → 7.00 ≠`, in two columns more than the figures take: the last is for the verdict's sign. */
function comparisonValue(cell: ComparisonCell): string {
  const sign = cell.verdict === null ? ' ' : VERDICT_SIGNS[cell.verdict];
  return `${cell.printed}${cell.implied === null ? '' : '†'} → ${comparisonTexts(cell).ours} ${sign}`;
}

export const VERDICT_SIGNS: Readonly<Record<NonNullable<ComparisonCell['verdict']>, string>> = {
  consistent: '=',
  differs: '≠',
  'cannot tell': '?',
};

/** The parts of a comparison; empty where there is nothing to say. */
export function comparisonTexts(cell: ComparisonCell): {
  readonly ours: string;
  readonly interval: string;
  /** `n=28, 2 missing`. */
  readonly counts: string;
  /** `+2.39 (+1.93 to +2.85)`. */
  readonly difference: string;
  /** The verdict with its sign, and why there is none. */
  readonly verdict: string;
} {
  const { estimate, difference, verdict, reason } = cell;
  const kind = cell.signed ? 'difference' : 'rating';
  const value = estimate?.value ?? null;
  return {
    ours: value === null ? ABSENT : TEXTS[kind](value),
    interval: estimate === null ? '' : intervalText(kind, estimate),
    counts: estimate === null ? '' : countsText(estimate),
    difference:
      difference === null
        ? ''
        : `${signed(difference.value)} (${intervalText('difference', difference)})`,
    verdict: [...(verdict === null ? [] : [`${VERDICT_SIGNS[verdict]} ${verdict}`]), reason]
      .filter((part) => part !== null)
      .join(', '),
  };
}

/** `n=30`, `n=28, 2 missing`. */
export function countsText({ n, missing }: { readonly n: number; readonly missing: number }) {
  return `n=${n}${missing > 0 ? `, ${missing} missing` : ''}`;
}

/** `5.99–7.05`, with signs `−0.10 to +0.76`; empty without an interval. */
export function cellInterval(cell: Cell | null): string {
  return isFigure(cell) ? intervalText(cell.kind, cell.estimate) : '';
}

function intervalText(
  kind: FigureCell['kind'],
  { low, high }: { readonly low: number | null; readonly high: number | null },
): string {
  if (low === null || high === null) return '';
  const text = TEXTS[kind];
  return kind === 'difference' || low < 0
    ? `${text(low)} to ${text(high)}`
    : `${text(low)}–${text(high)}`;
}

/** The macro average where it is far enough from the plain one to matter; null elsewhere. */
export function notableMacro({ macro, estimate: { value } }: FigureCell): number | null {
  if (macro === null || value === null) return null;
  return Math.abs(macro - value) >= MACRO_DIFFERENCE ? macro : null;
}

/**
 * The n of each column's heading: the one that most of its complete cells have. null for a column
 * without figures.
 */
export function usualCounts(table: Table): (number | null)[] {
  return table.columns.map((_, column) => {
    const figures = table.rows.map((row) => row.cells[column] ?? null).filter(isFigure);
    const complete = figures.filter(({ estimate }) => estimate.missing === 0);
    const counts = (complete.length > 0 ? complete : figures).map(({ estimate }) => estimate.n);
    const uses = (n: number) => counts.filter((count) => count === n).length;
    return [...new Set(counts)].sort((a, b) => uses(b) - uses(a) || b - a)[0] ?? null;
  });
}

/** A cell's own counts where its column's heading does not give them already. */
export function ownCounts(
  cell: Cell | null,
  usual: number | null,
): { n: number; missing: number } | null {
  if (!isFigure(cell)) return null;
  const { n, missing } = cell.estimate;
  return n === usual && missing === 0 ? null : { n, missing };
}

/** The marks that a table uses, with what they mean. */
export function marksUsed(table: Table): { mark: Exclude<Mark, null>; meaning: string }[] {
  const used = new Set(
    table.rows.flatMap(({ cells }) => cells.filter(isFigure).map(({ mark }) => mark)),
  );
  return (['best', 'second', 'tied', 'apart'] as const)
    .filter((mark) => used.has(mark))
    .map((mark) => ({ mark, meaning: MARK_MEANINGS[mark] }));
}
