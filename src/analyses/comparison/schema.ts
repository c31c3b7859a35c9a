import type { Scale } from '../../domain/solution.ts';
import type { Family } from '../../series/contrasts/strata.ts';
import type { Slice } from '../../series/schema.ts';
import type { Interval } from '../../stats/means/intervals.ts';

/** How the p-values of cultures and categories are adjusted. */
export type Adjustment = 'max-t' | 'holm';

/** One row of a comparison: the mean paired difference candidate - baseline of a slice. */
export interface ComparisonRow {
  readonly family: Family;
  readonly by: Slice;
  /** Means of either side over the complete pairs, weighted as the difference is. */
  readonly candidate: number | null;
  readonly baseline: number | null;
  /** null where no question has both ratings. */
  readonly difference: number | null;
  /** 95 %, for this row alone; null where one pair says nothing about spread. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard error and its degrees of freedom; null or 0 where pairs show no spread. */
  readonly se: number | null;
  readonly df: number | null;
  /** Of the mean: the differences' skewness over √n. t and sign-flips are exact at 0. */
  readonly skewness: number | null;
  readonly method: string;
  /** Sign-flip p, two-sided, and adjusted within the family; null for fewer than six clusters. */
  readonly p: number | null;
  readonly adjusted: number | null;
  /** What the adjusted p allows to say; `unresolved` is not "equal". */
  readonly finding: 'candidate-higher' | 'baseline-higher' | 'unresolved';
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Difference that this design shows with 80 % power at a two-sided 5 %, for this row alone. */
  readonly detectable: number | null;
  /** Where unresolved: questions needed to show a difference of the size found, with 80 % power. */
  readonly neededQuestions: number | null;
  /** Likewise answers a question, if that can do it; null where it cannot or reruns were not measured. */
  readonly neededAnswers: number | null;
  /** Complete pairs, and their clusters. */
  readonly n: number;
  readonly clusters: number;
  /** Common questions without a rating, on either side. */
  readonly missing: { readonly candidate: number; readonly baseline: number };
  /** Mean difference if every missing rating were at its worst, and at its best, for the candidate. */
  readonly bounds: Interval | null;
}

/** Candidate against baseline, on the questions that both have. */
export interface Comparison {
  readonly candidate: string;
  readonly baseline: string;
  /** Ids of questions that only one side has, or that another compared series lacks. */
  readonly leftOut: { readonly candidate: readonly string[]; readonly baseline: readonly string[] };
  /** Exact McNemar test of whether one side misses more ratings than the other. */
  readonly missingness: {
    readonly onlyCandidate: number;
    readonly onlyBaseline: number;
    readonly p: number;
  };
  readonly rows: readonly ComparisonRow[];
}

/** All pairs of two or more series; p-values are adjusted over all pairs. */
export interface ComparisonSet {
  readonly version: 1;
  readonly series: readonly string[];
  /** Of the scores: differences are rating points, or shares of right answers. */
  readonly scale: Scale;
  /** What the intervals speak about. */
  readonly estimand: string;
  /** Questions that all series have. */
  readonly questions: number;
  /** The judges differ: a difference may be theirs. */
  readonly bridged: boolean;
  /** Present where a bridge carried one side to the other judge's scale. */
  readonly carried?: {
    readonly from: string;
    readonly to: string;
    readonly series: string;
    readonly method: string;
    /** Questions whose rating lies outside the range that the bridge was made from. */
    readonly outside: number;
  };
  readonly test: {
    /** `bonferroni-t`: paired t in place of flips, where a report has too many pairs for these. */
    readonly adjustment: Adjustment | 'bonferroni-t';
    readonly flips: number;
    readonly exact: boolean;
    readonly seed: number;
    /** Family-wise level of total, cultures and categories; false discovery rate of cells. */
    readonly level: number;
    readonly cellRate: number;
  };
  readonly comparisons: readonly Comparison[];
}
