import type { RunSummary, Slice, SliceEstimate } from '../summary/run-summary.ts';
import { figureFinder, type Series, seriesOf } from './series.ts';

/** A variant's figure less its baseline's, in rating points. */
export type Difference = SliceEstimate & { readonly baseline: string };

/**
 * Differences of every variant from its baseline, slice by slice.
 *
 * From the summary alone a difference has no interval: that takes both variants' ratings of the same
 * question. Paired results can take the place of these without a change elsewhere.
 */
export function differences(summary: RunSummary): Difference[] {
  const find = figureFinder(summary);
  return seriesOf(summary).flatMap((series) => {
    const baseline = baselineOf(summary, series);
    if (baseline === null) return [];
    return slicesOf(summary).flatMap((by) => {
      const after = find(series, by);
      const before = find({ ...series, variant: baseline }, by);
      return after === null || before === null ? [] : difference({ after, before, baseline });
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
