import type { Cell } from './table.ts';

/** The parts of a cell as text; an absent figure is a dash, never a number. */
export interface CellText {
  readonly value: string;
  readonly interval: string;
  readonly counts: string;
}

const DASH = '–';

export function cellText(cell: Cell | null): CellText {
  if (cell === null) return { value: '', interval: '', counts: '' };
  const { value, low, high, n, missing } = cell.estimate;
  return {
    value:
      value === null
        ? DASH
        : `${figure(value)}${cell.macro === null ? '' : ` (macro ${figure(cell.macro)})`}`,
    interval: low === null || high === null ? '' : `[${figure(low)}, ${figure(high)}]`,
    counts: missing > 0 ? `n=${n}, ${missing} missing` : `n=${n}`,
  };
}

/** Two decimals, as the paper prints. */
export function figure(value: number): string {
  return value.toFixed(2);
}
