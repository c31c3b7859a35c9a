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
export function rangeText({
  low,
  high,
}: {
  readonly low: number | null;
  readonly high: number | null;
}): string {
  return low === null || high === null ? ABSENT : `${signed(low)} to ${signed(high)}`;
}

export function detectsText({ detectable }: { readonly detectable: number | null }): string {
  return detectable === null ? ABSENT : twoDecimals(detectable);
}

/** Three decimals; smaller ones as a bound; a dash without a test. */
export function pText(p: number | null): string {
  if (p === null) return ABSENT;
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
