import { codeLabels } from '../../../stats/means/describe.ts';

/** An answer with all that judges and people gave to it. */
export interface RatedAnswer {
  /** Names the answer by its content, or by its place in the store where no person rated it. */
  readonly answer: string;
  /** Answers to questions of one cluster hang together. */
  readonly cluster: string;
  readonly culture: string | null;
  readonly category: string | null;
  /** Who gave it, in which prompting style; null for answers that are not in the runs. */
  readonly system: string | null;
  /** The same in its parts. */
  readonly names: {
    readonly model: string;
    readonly variant: string | null;
    readonly style: string;
  } | null;
  /** By the judge's label; null where the judging gave no rating. */
  readonly judges: ReadonlyMap<string, number | null>;
  readonly raters: readonly { readonly rater: string; readonly rating: number }[];
}

/** Where a pair belongs. */
export interface PairPlace {
  readonly answer: string;
  readonly cluster: string;
  readonly culture: string | null;
  readonly category: string | null;
  readonly system: string | null;
}

/** Two ratings of one answer. */
export interface RatingPair {
  readonly place: PairPlace;
  readonly first: number;
  readonly second: number;
  /** 1 / (raters of the answer - 1): with it Krippendorff's alpha counts every rating once. */
  readonly weight: number;
  /** Who gave the two, between people; the order of the names says nothing. */
  readonly raters?: readonly [string, string];
}

/** All pairs of one comparison. */
export interface PairSet {
  readonly pairs: readonly RatingPair[];
  /** Answers that the second side rated and the first gave no rating to. */
  readonly missing: readonly PairPlace[];
  readonly raters: number;
}

/** Every rating by the judge with every rating by a person of the same answer. */
export function judgeHumanPairs(answers: readonly RatedAnswer[], judge: string): PairSet {
  const pairs: RatingPair[] = [];
  const missing: PairPlace[] = [];
  const raters = new Set<string>();
  for (const place of answers) {
    const first = place.judges.get(judge);
    if (first === undefined || place.raters.length === 0) continue;
    for (const { rater } of place.raters) raters.add(rater);
    if (first === null) missing.push(place);
    else
      for (const { rating } of place.raters)
        pairs.push({ place, first, second: rating, weight: 1 });
  }
  return { pairs, missing, raters: raters.size };
}

/** Every two people who rated the same answer, each pair of raters always in the same order. */
export function humanHumanPairs(answers: readonly RatedAnswer[]): PairSet {
  const seen = new Set<string>();
  const pairs: RatingPair[] = [];
  const raters = new Set<string>();
  for (const place of answers) {
    if (place.raters.length < 2 || seen.has(place.answer)) continue;
    seen.add(place.answer);
    const sorted = place.raters.toSorted((a, b) => (a.rater < b.rater ? -1 : 1));
    const weight = 1 / (sorted.length - 1);
    sorted.forEach(({ rater, rating: first }, index) => {
      raters.add(rater);
      for (const { rater: other, rating: second } of sorted.slice(index + 1))
        pairs.push({ place, first, second, weight, raters: [rater, other] });
    });
  }
  return { pairs, missing: [], raters: raters.size };
}

/** Two judges on the same answers. */
export function judgeJudgePairs(
  answers: readonly RatedAnswer[],
  one: string,
  other: string,
): PairSet {
  const pairs: RatingPair[] = [];
  const missing: PairPlace[] = [];
  for (const place of answers) {
    const first = place.judges.get(one);
    const second = place.judges.get(other);
    if (first === undefined || second === undefined) continue;
    if (first === null || second === null) missing.push(place);
    else pairs.push({ place, first, second, weight: 1 });
  }
  return { pairs, missing, raters: 2 };
}

/** Codes of the pairs' clusters, and of the stratum of each cluster: its culture and category. */
export interface PairClusters {
  readonly codes: Int32Array;
  readonly strata: Int32Array;
}

export function clusterPairs(pairs: readonly RatingPair[]): PairClusters {
  const codes = codeLabels(pairs.map(({ place }) => place.cluster));
  const strata: string[] = [];
  pairs.forEach(({ place: { culture, category } }, index) => {
    const code = codes[index] ?? 0;
    strata[code] ??= JSON.stringify([culture, category]);
  });
  return { codes, strata: codeLabels(strata) };
}

export function countDistinct(
  pairs: readonly RatingPair[],
  of: (place: PairPlace) => string | null,
): number {
  return new Set(pairs.flatMap(({ place }) => of(place) ?? [])).size;
}
