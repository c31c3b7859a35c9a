import type { Random } from '../../../stats/random/random.ts';
import { type Candidate, characters, type PreferencePair } from '../candidates.ts';

export interface RuleOptions {
  /** Least difference of ratings; equal ratings never make a pair. */
  readonly minGap: number;
  /** How one of several pairs with the same ratings is picked. */
  readonly ties: 'seed' | 'length';
  /** Most times that one text may be as long as the other; null for any. */
  readonly lengthRatio: number | null;
  /** The question's own stream. */
  readonly random: Random;
}

export type CandidatePair = Pick<PreferencePair, 'gap' | 'tied'> & {
  readonly chosen: Candidate;
  readonly rejected: Candidate;
};

/** Chooses pairs among the answers to one question. */
export interface PairRule {
  readonly description: string;
  readonly pairs: (candidates: readonly Candidate[], options: RuleOptions) => CandidatePair[];
}

/** |log| of how many times one text is as long as the other; an empty text counts as one character. */
function lengthDistance(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => Math.max(1, characters(text)));
  return Math.abs(Math.log((a ?? 1) / (b ?? 1)));
}

/** Pairs of a better and a worse answer that the options let pass. */
export function admissible(
  better: readonly Candidate[],
  worse: readonly Candidate[],
  { minGap, lengthRatio }: RuleOptions,
): CandidatePair[] {
  const most = lengthRatio === null ? Number.POSITIVE_INFINITY : Math.log(lengthRatio);
  return better.flatMap((chosen) =>
    worse.flatMap((rejected) => {
      const gap = chosen.rating - rejected.rating;
      const fits = gap > 0 && gap >= minGap && lengthDistance(chosen.text, rejected.text) <= most;
      return fits ? [{ chosen, rejected, gap, tied: 0 }] : [];
    }),
  );
}

/** One of several equals, with how many others there were; none of none. */
export function pickTied(
  pairs: readonly CandidatePair[],
  { ties, random }: RuleOptions,
): CandidatePair[] {
  const shuffled = random.shuffle(pairs);
  const ordered =
    ties === 'seed'
      ? shuffled
      : shuffled.toSorted(
          (a, b) =>
            lengthDistance(a.chosen.text, a.rejected.text) -
            lengthDistance(b.chosen.text, b.rejected.text),
        );
  return ordered.slice(0, 1).map((pair) => ({ ...pair, tied: pairs.length - 1 }));
}

export function best(candidates: readonly Candidate[]): Candidate[] {
  const top = Math.max(...candidates.map(({ rating }) => rating));
  return candidates.filter(({ rating }) => rating === top);
}

export function worst(candidates: readonly Candidate[]): Candidate[] {
  const bottom = Math.min(...candidates.map(({ rating }) => rating));
  return candidates.filter(({ rating }) => rating === bottom);
}
