import type { RunSummary } from '../../analyses/summary/schema.ts';
import { figureFinder, finderOf, type Series, seriesOf } from '../../series/names/series.ts';
import type { Slice, SliceEstimate } from '../../series/schema.ts';

/** A variant's figure less its baseline's, in rating points. */
export type Difference = SliceEstimate & { readonly baseline: string };

/**
 * Differences of every variant from its baseline, slice by slice: the paired ones where the summary
 * has them. Of variants that were not asked the same questions it has none, and the difference of two
 * means is given without an interval.
 */
export function differences(summary: RunSummary): Difference[] {
  const figure = figureFinder(summary);
  const paired = finderOf(summary.differences ?? []);
  return seriesOf(summary).flatMap((series) => {
    const baseline = baselineOf(summary, series);
    if (baseline === null) return [];
    return slicesOf(summary).flatMap((by) => {
      const after = figure(series, by);
      const before = figure({ ...series, variant: baseline }, by);
      if (after === null || before === null) return [];
      const found = paired(series, by);
      const plain = difference({ after, before, baseline });
      return found === null ? plain : { ...plain, estimate: found.estimate };
    });
  });
}

/** The variant that a series is compared with; null where it is a baseline itself or stands alone. */
export function baselineOf(summary: RunSummary, { model, variant }: Series): string | null {
  const found = summary.models?.find((entry) => entry.model === model && entry.variant === variant);
  return found?.baseline ?? null;
}

function difference(pair: {
  readonly after: SliceEstimate;
  readonly before: SliceEstimate;
  readonly baseline: string;
}): Difference {
  const { after, before, baseline } = pair;
  return {
    ...after,
    baseline,
    estimate: {
      value: subtract(after.estimate.value, before.estimate.value),
      low: null,
      high: null,
      n: Math.min(after.estimate.n, before.estimate.n),
      missing: after.estimate.missing + before.estimate.missing,
      method: 'difference of means',
    },
    macro: subtract(after.macro, before.macro),
  };
}

function subtract(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}

function slicesOf({ cultures, categories }: RunSummary): Slice[] {
  return [
    {},
    ...cultures.map((culture) => ({ culture })),
    ...cultures.flatMap((culture) => categories.map((category) => ({ culture, category }))),
  ];
}
