import { z } from 'zod';
import { estimateSchema } from '../../domain/estimate.ts';
import { pick } from '../../stats/at.ts';
import { studentTCdf } from '../../stats/distributions/student-t.ts';
import { estimateClusteredMean, type MeanEstimate, mean } from '../../stats/means/describe.ts';
import { tInterval, zeroVarianceBound } from '../../stats/means/intervals.ts';
import { holm } from '../../stats/tests/multiplicity.ts';
import { detectableAt } from '../../stats/tests/power.ts';
import { DIFFERENCE_RANGES, differenceInterval } from './difference-interval.ts';

/** One answer rated twice: as it was and under a change. null where it was not rated. */
export interface RatedTwice {
  readonly culture: string;
  readonly cluster: string;
  readonly before: number | null;
  readonly after: number | null;
}

export const shiftRowSchema = z.strictObject({
  /** null: all cultures together. */
  culture: z.string().nullable(),
  /** Mean of after - before with its 95 % t interval over questions. */
  shift: estimateSchema,
  /** Two-sided p of no shift, and adjusted over all rows (Holm); null where the data give none. */
  p: z.number().nullable(),
  adjusted: z.number().nullable(),
  /** Shift that these answers show with 80 % power at a two-sided 5 %; null without spread. */
  detectable: z.number().nullable(),
});
export type ShiftRow = z.infer<typeof shiftRowSchema>;

export const cultureContrastSchema = z.strictObject({
  culture: z.string(),
  /** The culture's shift minus the mean of the other cultures', with its 95 % Welch interval. */
  difference: estimateSchema,
  adjusted: z.number().nullable(),
});
export type CultureContrast = z.infer<typeof cultureContrastSchema>;

/** The shift over all answers first, then by culture in order of appearance. */
export function measureShift(answers: readonly RatedTwice[]): ShiftRow[] {
  const cultures = [...new Set(answers.map(({ culture }) => culture))];
  const rows = [null, ...(cultures.length > 1 ? cultures : [])].map((culture) =>
    shiftRow(
      culture,
      answers.filter((answer) => culture === null || answer.culture === culture),
    ),
  );
  return withAdjusted(rows);
}

/** Holm over the rows that have a p. */
export function withAdjusted<Row extends { readonly p: number | null }>(
  rows: readonly Row[],
): (Row & { readonly adjusted: number | null })[] {
  const tested = rows.flatMap(({ p }, index) => (p === null ? [] : [{ p, index }]));
  const adjusted = holm(tested.map(({ p }) => p));
  return rows.map((row, index) => {
    const place = tested.findIndex((one) => one.index === index);
    return { ...row, adjusted: place < 0 ? null : pick(adjusted, place) };
  });
}

/** A row from an estimate that is there already, such as a slope. */
export function estimateRow(
  culture: string | null,
  estimate: MeanEstimate,
  method: string,
): Omit<ShiftRow, 'adjusted'> {
  const interval = tInterval(estimate);
  return {
    culture,
    shift: {
      value: estimate.mean,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      n: estimate.n,
      missing: 0,
      method,
    },
    p: pOf(estimate),
    detectable: detectableAt(estimate),
  };
}

function shiftRow(
  culture: string | null,
  answers: readonly RatedTwice[],
): Omit<ShiftRow, 'adjusted'> {
  const { differences, clusters } = differencesOf(answers);
  const estimate = estimateClusteredMean(differences, clusters);
  const value = mean(differences);
  const interval = estimate && intervalOf(estimate, new Set(clusters).size);
  return {
    culture,
    shift: {
      value,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      n: differences.length,
      missing: answers.length - differences.length,
      method: 'mean of paired differences, t interval clustered by question',
    },
    p: estimate && pOf(estimate),
    detectable: estimate && detectableAt(estimate),
  };
}

function differencesOf(answers: readonly RatedTwice[]) {
  const complete = answers.flatMap(({ before, after, cluster }) =>
    before === null || after === null ? [] : [{ difference: after - before, cluster }],
  );
  return {
    differences: complete.map(({ difference }) => difference),
    clusters: complete.map(({ cluster }) => cluster),
  };
}

function intervalOf(estimate: MeanEstimate, clusters: number) {
  return (
    differenceInterval(estimate) ??
    zeroVarianceBound(estimate.mean, clusters, DIFFERENCE_RANGES.rating)
  );
}

/** Where all clusters agree there is no t: the sign-flip p of G equal differences, 2 / 2^G. */
function pOf({ mean: value, se, df }: MeanEstimate): number {
  if (se > 0) return 2 * studentTCdf(-Math.abs(value / se), df);
  return value === 0 ? 1 : 2 ** -df;
}

/** Whether a culture's shift is unlike that of the others; Holm over cultures. Empty for one culture. */
export function contrastCultures(answers: readonly RatedTwice[]): CultureContrast[] {
  const cultures = [...new Set(answers.map(({ culture }) => culture))].flatMap((culture) => {
    const { differences, clusters } = differencesOf(
      answers.filter((answer) => answer.culture === culture),
    );
    const estimate = estimateClusteredMean(differences, clusters);
    return estimate === null ? [] : [{ culture, ...estimate }];
  });
  return contrastEstimates(cultures);
}

/** The same from estimates by culture. */
export function contrastEstimates(
  cultures: readonly (MeanEstimate & { readonly culture: string })[],
): CultureContrast[] {
  if (cultures.length < 2) return [];
  const rows = cultures.map((own) => {
    const others = cultures.filter((other) => other !== own);
    const estimate = welch(own, others);
    const interval = tInterval(estimate);
    return {
      culture: own.culture,
      difference: {
        value: estimate.mean,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        n: own.n,
        missing: 0,
        method: 'difference from the mean of the other cultures, Welch t interval',
      },
      p: estimate.se > 0 ? pOf(estimate) : null,
    };
  });
  return withAdjusted(rows).map(({ p: _p, ...row }) => row);
}

/** x̄ - mean of the other means, SE² = s² + Σ s_o² / k², Satterthwaite's df. */
function welch(own: MeanEstimate, others: readonly MeanEstimate[]): MeanEstimate {
  const k = others.length;
  const parts = [own.se ** 2, ...others.map(({ se }) => (se / k) ** 2)];
  const variance = parts.reduce((sum, part) => sum + part, 0);
  const dfs = [own.df, ...others.map(({ df }) => df)];
  const denominator = parts.reduce((sum, part, index) => sum + part ** 2 / pick(dfs, index), 0);
  const centre = others.reduce((sum, other) => sum + other.mean, 0) / k;
  return {
    mean: own.mean - centre,
    se: Math.sqrt(variance),
    df: denominator > 0 ? variance ** 2 / denominator : 0,
    n: own.n,
  };
}
