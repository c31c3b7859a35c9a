import { pick } from '../at.ts';

/** Ranks from 1, ties sharing the mean of theirs. */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => pick(values, a) - pick(values, b));
  const ranks = values.map(() => 0);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    const value = pick(values, pick(order, start));
    while (end < order.length && pick(values, pick(order, end)) === value) end += 1;
    for (let place = start; place < end; place += 1)
      ranks[pick(order, place)] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
