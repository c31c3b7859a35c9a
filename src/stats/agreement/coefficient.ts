/**
 * A measure of agreement, or why there is none. `too-few`: not enough complete values (each measure
 * says how many it needs); `constant`: values that do not vary, so that it would be 0/0.
 */
export type Coefficient =
  | { readonly value: number; readonly n: number }
  | { readonly value: null; readonly n: number; readonly reason: 'too-few' | 'constant' };

/** What the two sequences of a pair measure must have in common. */
export function requireSameLength(first: ArrayLike<unknown>, second: ArrayLike<unknown>): void {
  if (first.length !== second.length) {
    throw new RangeError(`sequences of ${first.length} and ${second.length} values do not pair`);
  }
}
