import { figure } from '../cell-text.ts';
import type { DrawnPanel } from './panels.ts';
import type { Point } from './points.ts';

/** Says of every panel which model is highest and which lowest, with figures. */
export function describePanels(panels: readonly DrawnPanel[]): string {
  const sentences = panels.map(({ place, points }) => `${place}: ${describePoints(points)}`);
  return `${sentences.join('; ')}.`;
}

function describePoints(points: readonly Point[]): string {
  const rated = points.filter(({ value, sparse }) => value !== null && !sparse);
  if (rated.length === 0) {
    const most = Math.max(0, ...points.map(({ n }) => n));
    return most === 0 ? 'nothing rated' : `too few questions to compare (n = ${most})`;
  }
  const ranked = [...rated].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const [highest] = ranked;
  const lowest = ranked.at(-1);
  if (!highest || !lowest || highest === lowest) return ranked.map(pointText).join('');
  return `highest ${pointText(highest)}, lowest ${pointText(lowest)}`;
}

function pointText({ label, shown, low, high }: Point): string {
  const interval = low === null || high === null ? '' : ` [${figure(low)}, ${figure(high)}]`;
  return `${label} ${shown}${interval}`;
}
