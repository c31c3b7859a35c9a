import type { Track } from '../../ports/run-events.ts';
import { align, visibleWidth } from '../../render/text/align.ts';
import type { Output } from '../terminal.ts';

export interface TrackState extends Track {
  /** Ended in this execution. */
  readonly made: number;
  /** Of those, without text or rating. */
  readonly missing: number;
}

const BAR_WIDTH = 24;

/** One line a model or judge as far as the terminal has room, and the summary. */
export function blockLines(
  tracks: readonly TrackState[],
  summary: string,
  output: Output,
): string[] {
  const columns = output.columns ?? 80;
  const width = Math.min(32, Math.max(...tracks.map(({ label }) => visibleWidth(label))));
  const room = Math.max(1, (output.rows ?? 24) - 3);
  const shown = tracks.slice(0, room);
  const lines = shown.map((track) => trackLine(track, width, columns));
  if (shown.length < tracks.length) lines.push(`… and ${tracks.length - shown.length} more`);
  return [...lines, clip(summary, columns)];
}

function trackLine(track: TrackState, width: number, columns: number): string {
  const done = Math.min(track.planned, track.stored + track.made);
  const filled = track.planned === 0 ? BAR_WIDTH : Math.floor((BAR_WIDTH * done) / track.planned);
  const bar = columns >= 70 ? ` ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}` : '';
  const missing = track.missing > 0 ? `  ${track.missing} missing` : '';
  return clip(
    `${align(track.role, 5, 'left')} ${align(track.label, width, 'left')}${bar} ${done}/${track.planned}${missing}`,
    columns,
  );
}

/** Lines never wrap: a wrapped line would not be erased. */
function clip(line: string, columns: number): string {
  return visibleWidth(line) < columns
    ? line
    : `${[...line].slice(0, Math.max(0, columns - 2)).join('')}…`;
}
