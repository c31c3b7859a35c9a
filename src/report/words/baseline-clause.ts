import type { BaselineDifference } from '../../analyses/comparison/baseline-differences.ts';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import { list, name, type Phrase, phrase } from '../../render/safe-text.ts';
import type { SliceEstimate } from '../../series/schema.ts';
import { seriesLabel } from './ranking.ts';

type Direction = 'above' | 'below' | 'not shown to differ from';

/** What became of variants against their baselines over the whole run; empty without baselines. */
export function amongBaselines(summary: RunSummary): Phrase {
  const whole = summary.estimates.filter(({ by }) => Object.keys(by).length === 0);
  const differences = (summary.differences ?? []).filter(({ by }) => Object.keys(by).length === 0);
  const found = new Map<Direction, Set<string>>();
  for (const { model, variant, baseline } of summary.models ?? []) {
    if (baseline === null) continue;
    const own = whole.filter((entry) => entry.model === model && entry.variant === variant);
    const paired = differences.filter(
      (entry) => entry.model === model && entry.variant === variant,
    );
    const direction =
      paired.length > 0 ? agreed(paired.map(pairedDirection)) : directionOf(own, whole, baseline);
    if (direction === null) continue;
    const labels = found.get(direction) ?? new Set<string>();
    found.set(direction, labels.add(seriesLabel({ model, variant })));
  }
  if (found.size === 0) return [];
  const clauses = (['above', 'below', 'not shown to differ from'] as const).flatMap((direction) => {
    const labels = [...(found.get(direction) ?? [])];
    if (labels.length === 0) return [];
    return [
      phrase`${list(labels.map(name))} ${labels.length === 1 ? 'is' : 'are'} ${direction} ${labels.length === 1 ? 'its baseline' : 'their baselines'}`,
    ];
  });
  return phrase`; ${list(clauses)}`;
}

function directionOf(
  own: readonly SliceEstimate[],
  whole: readonly SliceEstimate[],
  baseline: string,
): Direction | null {
  const directions = own.flatMap((entry) => {
    const base = whole.find(
      (other) =>
        other.model === entry.model &&
        other.variant === baseline &&
        other.style === entry.style &&
        other.judge === entry.judge,
    );
    return base === undefined ? [] : compareIntervals(entry, base);
  });
  return agreed(directions);
}

/** The same under every style and judge, or not shown to differ. */
function agreed(directions: readonly Direction[]): Direction | null {
  const [first] = directions;
  if (first === undefined) return null;
  return directions.every((direction) => direction === first) ? first : 'not shown to differ from';
}

function pairedDirection({ estimate: { low, high } }: BaselineDifference): Direction {
  if (low !== null && low > 0) return 'above';
  return high !== null && high < 0 ? 'below' : 'not shown to differ from';
}

function compareIntervals(
  { estimate: own }: SliceEstimate,
  { estimate: base }: SliceEstimate,
): Direction {
  if (own.low !== null && base.high !== null && own.low > base.high) return 'above';
  if (own.high !== null && base.low !== null && own.high < base.low) return 'below';
  return 'not shown to differ from';
}
