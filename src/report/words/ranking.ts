import type { RunSummary } from '../../analyses/summary/schema.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { SliceEstimate } from '../../series/schema.ts';

/** A model's figures in one slice: a value for each prompting style and judge. */
export interface Standing {
  readonly label: string;
  readonly values: readonly number[];
  /** The interval, where there is a single value. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Who leads in one slice, over all prompting styles and judges. */
export interface Lead {
  /** A culture; null for the whole run. */
  readonly place: string | null;
  /** Leads under every style and judge; null where it does not everywhere. */
  readonly leader: Standing | null;
  readonly next: Standing | null;
  /** Those that no style and judge puts behind the highest; best first, empty beside a leader. */
  readonly tied: readonly Standing[];
  /** Of `tied`: the highest mean and the paired test name different models, as answers are missing. */
  readonly missingDecides: boolean;
  readonly all: readonly Standing[];
  /** ` in all 3 prompting styles`, where there are several. */
  readonly scope: string;
}

export function seriesLabel({ model, variant }: Pick<SliceEstimate, 'model' | 'variant'>): string {
  return modelLabel({ name: model, variant });
}

/** Compares models in one culture, or in the whole run. */
export function leadOf(summary: RunSummary, culture: string | null): Lead {
  const entries = summary.estimates.filter(
    ({ by }) =>
      by.category === undefined && by.scope === undefined && (by.culture ?? null) === culture,
  );
  const all = standings(entries);
  const contexts = [...groupBy(entries, contextOf).values()];
  const fronts = contexts.map(frontOf).filter((front) => front.length > 0);
  const [first] = fronts;
  const label = first?.length === 1 ? first[0] : undefined;
  const leader =
    label !== undefined && fronts.every((front) => front.length === 1 && front[0] === label)
      ? (all.find((entry) => entry.label === label) ?? null)
      : null;
  const front = new Set(fronts.flat());
  return {
    place: culture,
    leader,
    next: leader === null ? null : (all.find((entry) => entry !== leader) ?? null),
    tied: leader === null ? all.filter((entry) => front.has(entry.label)) : [],
    missingDecides: entries.some((entry) => entry.missingDecides),
    all,
    scope: scopeOf(entries),
  };
}

function contextOf({ style, judge }: SliceEstimate): string {
  return JSON.stringify([style, judge]);
}

/**
 * Models of one style and judge that are not told apart from the best: by the summary's test where
 * every model has its result, else because its interval reaches the highest one's.
 */
function frontOf(entries: readonly SliceEstimate[]): string[] {
  const rated = entries
    .flatMap((entry) => {
      const { value, low, high } = entry.estimate;
      const { tiedWithBest } = entry;
      return value === null ? [] : [{ label: seriesLabel(entry), value, low, high, tiedWithBest }];
    })
    .sort((a, b) => b.value - a.value);
  const [top] = rated;
  if (!top) return [];
  const tested = rated.every(({ tiedWithBest }) => tiedWithBest !== null);
  const floor = top.low ?? Number.NEGATIVE_INFINITY;
  return rated
    .filter((entry) =>
      tested
        ? entry.tiedWithBest
        : entry === top || (entry.high ?? Number.POSITIVE_INFINITY) >= floor,
    )
    .map(({ label }) => label);
}

function standings(entries: readonly SliceEstimate[]): Standing[] {
  return [...groupBy(entries, seriesLabel)]
    .flatMap(([label, own]) => {
      const values = own.flatMap(({ estimate }) => estimate.value ?? []);
      const single = own.length === 1 ? own[0]?.estimate : undefined;
      if (values.length === 0) return [];
      return { label, values, low: single?.low ?? null, high: single?.high ?? null };
    })
    .sort((a, b) => mean(b.values) - mean(a.values));
}

function scopeOf(entries: readonly SliceEstimate[]): string {
  const styles = new Set(entries.map(({ style }) => style)).size;
  const judges = new Set(entries.map(({ judge }) => judge)).size;
  const parts = [
    ...(styles > 1 ? [`in all ${styles} prompting styles`] : []),
    ...(judges > 1 ? [`under all ${judges} judges`] : []),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

function groupBy(
  entries: readonly SliceEstimate[],
  key: (entry: SliceEstimate) => string,
): Map<string, SliceEstimate[]> {
  const groups = new Map<string, SliceEstimate[]>();
  for (const entry of entries) {
    const group = groups.get(key(entry)) ?? [];
    group.push(entry);
    groups.set(key(entry), group);
  }
  return groups;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
