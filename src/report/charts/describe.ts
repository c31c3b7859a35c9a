import { figure } from '../../render/cell-text.ts';
import { isRated, type Point } from './points.ts';

/** Points that are compared with one another, and what they are about. */
export interface DescribedPanel {
  readonly place: string;
  readonly points: readonly Point[];
}

/** Above this many panels a reader wants the gist, not each of them. */
const TOLD_ONE_BY_ONE = 6;

/** The figures that matter in one or two sentences: who is highest and who lowest, where. */
export function describePanels(panels: readonly DescribedPanel[]): string {
  return panels.length <= TOLD_ONE_BY_ONE ? describeEach(panels) : describeGist(panels);
}

function describeEach(panels: readonly DescribedPanel[]): string {
  const sentences = panels.map(({ place, points }) => `${place}: ${describePoints(points)}`);
  return `${sentences.join('; ')}.`;
}

function describePoints(points: readonly Point[]): string {
  const ranked = rankPoints(points);
  const [highest] = ranked;
  const lowest = ranked.at(-1);
  if (!highest || !lowest) {
    const most = Math.max(0, ...points.map(({ n }) => n));
    return most === 0 ? 'nothing rated' : `too few questions to compare (n = ${most})`;
  }
  if (highest === lowest) return pointText(highest);
  return `highest ${pointText(highest)}, lowest ${pointText(lowest)}`;
}

function describeGist(panels: readonly DescribedPanel[]): string {
  const ranked = panels
    .map(({ place, points }) => ({ place, points: rankPoints(points) }))
    .filter(({ points }) => points.length > 0);
  const leads = new Map<string, number>();
  for (const { points } of ranked) {
    const label = points[0]?.label ?? '';
    leads.set(label, (leads.get(label) ?? 0) + 1);
  }
  const [leader] = [...leads].sort(([, a], [, b]) => b - a);
  const all = ranked.flatMap(({ place, points }) => points.map((point) => ({ ...point, place })));
  const [highest, ...others] = rankPoints(all);
  const lowest = others.at(-1);
  if (!leader || !highest || !lowest) return describeEach(ranked);
  const [label, count] = leader;
  return `${label} has the highest mean in ${count} of ${ranked.length} parts that can be compared. The highest figure is ${pointText(highest)} (${highest.place}), the lowest ${pointText(lowest)} (${lowest.place}).`;
}

/** Points with a figure over enough questions, the highest first. */
function rankPoints<Ranked extends Point>(points: readonly Ranked[]): Ranked[] {
  return points
    .filter(isRated)
    .filter(({ sparse }) => !sparse)
    .sort((a, b) => b.value - a.value);
}

function pointText({ label, shown, low, high }: Point): string {
  const interval = low === null || high === null ? '' : ` [${figure(low)}, ${figure(high)}]`;
  return `${label} ${shown}${interval}`;
}
