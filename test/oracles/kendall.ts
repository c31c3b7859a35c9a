import type { Coefficient } from '../../src/stats/agreement/coefficient.ts';
import { at } from '../../src/stats/at.ts';
import { normalCdf } from '../../src/stats/distributions/normal.ts';
import { countPairs, type PairCounts } from './pair-counts.ts';

export interface Kendall {
  /** (C - D) / √((n0 - n1)(n0 - n2)): the tau for ratings with ties. */
  readonly tauB: Coefficient;
  /** 2 (C - D) / (n² (m - 1) / m), m the smaller number of distinct values (Stuart 1953). */
  readonly tauC: Coefficient;
  /** Two-sided p of no association; null where tau is undefined. */
  readonly p: number | null;
  /** Exact without ties up to 33 pairs, else the normal approximation. */
  readonly method: 'exact' | 'normal' | null;
}

const sumOver = (groups: readonly number[], term: (size: number) => number) =>
  groups.reduce((sum, size) => sum + term(size), 0);

/** Variance of C - D with ties (Kendall 1970, Rank Correlation Methods, ch. 5). */
function varianceOfDifference(n: number, counts: PairCounts): number {
  const { groupsFirst: t, groupsSecond: u } = counts;
  const cubic = (size: number) => size * (size - 1) * (2 * size + 5);
  const two = (size: number) => size * (size - 1);
  const three = (size: number) => size * (size - 1) * (size - 2);
  const plain = (cubic(n) - sumOver(t, cubic) - sumOver(u, cubic)) / 18;
  const pairTerm = (sumOver(t, two) * sumOver(u, two)) / (2 * two(n));
  const tripleTerm = n > 2 ? (sumOver(t, three) * sumOver(u, three)) / (9 * three(n)) : 0;
  return plain + pairTerm + tripleTerm;
}

/** P of so few (or so many) discordant pairs, from the distribution of inversions of a permutation. */
function exactP(n: number, discordant: number): number {
  const pairs = (n * (n - 1)) / 2;
  const fewer = Math.min(discordant, pairs - discordant);
  if (2 * fewer === pairs) return 1;
  let shares = Float64Array.of(1);
  for (let size = 2; size <= n; size += 1) {
    const next = new Float64Array(shares.length + size - 1);
    shares.forEach((share, inversions) => {
      for (let more = 0; more < size; more += 1) {
        next[inversions + more] = at(next, inversions + more) + share / size;
      }
    });
    shares = next;
  }
  const tail = shares.subarray(0, fewer + 1).reduce((sum, share) => sum + share, 0);
  return Math.min(1, 2 * tail);
}

/** Kendall's tau-b and tau-c with p. Needs two pairs, and two distinct values on both sides. */
export function kendall(x: readonly number[], y: readonly number[]): Kendall {
  const counts = countPairs(x, y);
  const n = x.length;
  const undefinedFor = (reason: 'too-few' | 'constant'): Kendall => {
    const none = { value: null, n, reason };
    return { tauB: none, tauC: none, p: null, method: null };
  };
  if (n < 2) return undefinedFor('too-few');
  const spread = (counts.pairs - counts.tiedFirst) * (counts.pairs - counts.tiedSecond);
  if (spread === 0) return undefinedFor('constant');
  const difference = counts.concordant - counts.discordant;
  const distinct = Math.min(counts.groupsFirst.length, counts.groupsSecond.length);
  const exact = counts.tiedFirst === 0 && counts.tiedSecond === 0 && n <= 33;
  const z = difference / Math.sqrt(varianceOfDifference(n, counts));
  return {
    tauB: { value: Math.max(-1, Math.min(1, difference / Math.sqrt(spread))), n },
    tauC: { value: (2 * difference) / ((n * n * (distinct - 1)) / distinct), n },
    p: exact ? exactP(n, counts.discordant) : Math.min(1, 2 * normalCdf(-Math.abs(z))),
    method: exact ? 'exact' : 'normal',
  };
}
