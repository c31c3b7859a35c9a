import { ABSENT, pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { ShiftRow } from './paired-shift.ts';

export const SHIFT_HEADINGS = [
  'Shift',
  '95 % interval',
  'Adjusted p',
  'Detects',
  'n',
  'Missing',
] as const;

/** A row's culture and its figures, under a label and `SHIFT_HEADINGS`. */
export function shiftTexts({ culture, shift, adjusted, detectable }: ShiftRow): string[] {
  return [
    culture ?? 'All',
    shift.value === null ? ABSENT : signed(shift.value),
    rangeText(shift),
    pText(adjusted),
    detectable === null ? ABSENT : twoDecimals(detectable),
    String(shift.n),
    String(shift.missing),
  ];
}
