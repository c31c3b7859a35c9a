import type { ComparisonRow } from '../summary/comparison.ts';
import type { Slice } from '../summary/run-summary.ts';

export const ABSENT = '–';

export function twoDecimals(value: number): string {
  return value.toFixed(2);
}

/** With its sign, but for what rounds to 0. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(2);
  if (Number(size) === 0) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** `−0.49 to +0.02`; a dash without an interval. */
export function rangeText({ low, high }: Pick<ComparisonRow, 'low' | 'high'>): string {
  return low === null || high === null ? ABSENT : `${signed(low)} to ${signed(high)}`;
}

export function detectsText({ detectable }: Pick<ComparisonRow, 'detectable'>): string {
  return detectable === null ? ABSENT : twoDecimals(detectable);
}

/** Three decimals; smaller ones as a bound; a dash without a test. */
export function pText(p: number | null): string {
  if (p === null) return ABSENT;
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

export function sliceName({ culture, category }: Slice): string {
  const parts = [culture, category].filter((part) => part !== undefined);
  return parts.length === 0 ? 'All' : parts.join(' · ');
}
