import { RATING_MAX } from '../../domain/judgment.ts';
import type { Spread } from '../../series/schema.ts';
import { standardDeviation } from '../../stats/means/describe.ts';

const LOW_RATING = 3;

/** How ratings spread over the scale; null for none. */
export function ratingSpread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / values.length).sort((a, b) => a - b);
  const share = (holds: (value: number) => boolean) => values.filter(holds).length / values.length;
  return {
    sd: standardDeviation(values),
    top: share((value) => value === RATING_MAX),
    atMost3: share((value) => value <= LOW_RATING),
    modal: shares.at(-1) ?? 0,
    levels: Math.exp(-shares.reduce((sum, part) => sum + part * Math.log(part), 0)),
  };
}
