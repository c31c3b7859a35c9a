import { at } from '../at.ts';

/** Quantile of sorted values, linear between order statistics (type 7 of Hyndman & Fan 1996). Throws on none. */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  const position = Math.min(Math.max(p, 0), 1) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = at(sorted, below);
  if (below === position) return low;
  return low + (position - below) * (at(sorted, below + 1) - low);
}
