import type { RunEvent, RunListener, Track } from '../ports/run-events.ts';
import { align, visibleWidth } from '../report/align.ts';
import { type Output, printLine } from './terminal.ts';

export interface Progress {
  readonly listen: RunListener;
  /** A line that stays. */
  note(text: string): void;
  /** Leaves the last state standing; further calls do nothing. */
  end(): void;
}

interface TrackState extends Track {
  /** Ended in this execution. */
  readonly made: number;
  /** Of those, without text or rating. */
  readonly missing: number;
}

interface RunState {
  readonly tracks: readonly TrackState[];
  readonly tokens: number;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;
const BAR_WIDTH = 24;

/** Progress on a terminal as a block that is redrawn, elsewhere as a line now and then. */
export function createProgress(output: Output): Progress {
  let state: RunState = { tracks: [], tokens: 0 };
  let drawn = 0;
  let ended = false;
  const begun = performance.now();
  const live = output.isTTY === true;

  const erase = () => {
    if (drawn > 0) output.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (state.tracks.length === 0) return;
    const seconds = (performance.now() - begun) / 1000;
    const lines = live ? blockLines(state, seconds, output) : [summaryLine(state, seconds)];
    erase();
    output.write(`${lines.join('\n')}\n`);
    if (live) drawn = lines.length;
  };
  const timer = setInterval(draw, live ? REDRAW_MS : LINE_MS);
  timer.unref();

  const note = (text: string) => {
    erase();
    printLine(output, text);
    if (live) draw();
  };
  return {
    listen: (event) => {
      if (event.kind === 'notice') {
        note(`${event.level === 'error' ? 'Error' : 'Warning'}: ${event.message}`);
        return;
      }
      state = advance(state, event);
    },
    note,
    end: () => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      draw();
    },
  };
}

function advance(state: RunState, event: Exclude<RunEvent, { kind: 'notice' }>): RunState {
  if (event.kind === 'planned') {
    return { ...state, tracks: event.tracks.map((track) => ({ ...track, made: 0, missing: 0 })) };
  }
  // Anchors are no part of the tracks' plans; their tokens are.
  const probed = event.kind === 'probed';
  const role = event.kind === 'answered' ? 'model' : 'judge';
  const position = event.kind === 'answered' ? event.model : event.judge;
  const good =
    event.status === 'completed' || event.status === 'truncated' || event.status === 'rated';
  const tokens = (event.usage?.promptTokens ?? 0) + (event.usage?.completionTokens ?? 0);
  return {
    tokens: state.tokens + tokens,
    tracks: state.tracks.map((track) =>
      !probed && track.role === role && track.position === position
        ? { ...track, made: track.made + 1, missing: track.missing + (good ? 0 : 1) }
        : track,
    ),
  };
}

function blockLines(state: RunState, seconds: number, output: Output): string[] {
  const columns = output.columns ?? 80;
  const width = Math.min(32, Math.max(...state.tracks.map(({ label }) => visibleWidth(label))));
  const room = Math.max(1, (output.rows ?? 24) - 3);
  const shown = state.tracks.slice(0, room);
  const lines = shown.map((track) => trackLine(track, width, columns));
  if (shown.length < state.tracks.length)
    lines.push(`… and ${state.tracks.length - shown.length} more`);
  return [...lines, clip(summaryLine(state, seconds), columns)];
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

function summaryLine({ tracks, tokens }: RunState, seconds: number): string {
  const total = (pick: (track: TrackState) => number) =>
    tracks.reduce((sum, track) => sum + pick(track), 0);
  const made = total(({ made: count }) => count);
  const stored = total((track) => track.stored);
  const planned = total((track) => track.planned);
  const rate = made / Math.max(seconds, 0.001);
  const left = planned - stored - made;
  const parts = [
    `${stored + made}/${planned} calls`,
    stored > 0 ? `${stored} already stored` : '',
    `${rate.toFixed(rate < 10 ? 1 : 0)} calls/s`,
    tokens > 0 ? `${tokens.toLocaleString('en-US')} tokens` : '',
    left > 0 && made > 0 ? `${duration(left / rate)} left` : '',
    `${total((track) => track.missing)} missing so far`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
