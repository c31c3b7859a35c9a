import { forTerminal, indented, showControls } from '../../domain/shown-text.ts';
import type { RunEvent, RunListener, Track } from '../../ports/run-events.ts';
import { type Output, printLine } from '../terminal.ts';
import type { TrackState } from './block.ts';
import { groupDigits } from './group-digits.ts';
import { createWaiting, type Waiting } from './waiting.ts';

export interface Progress {
  readonly listen: RunListener;
  /** A line that stays. */
  note(text: string): void;
  /** Leaves the last state standing; further calls do nothing. */
  end(): void;
}

interface RunState {
  /** What is drawn while the plan is being written; null afterwards. */
  readonly planning: string | null;
  readonly tracks: readonly TrackState[];
  readonly tokens: number;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;

/** Progress on a terminal as a block that is redrawn, elsewhere as a line now and then. */
export async function createProgress(output: Output): Promise<Progress> {
  // Measuring the width of text takes a library whose tables cost a run's start 20 ms.
  const block = output.isTTY === true ? await import('./block.ts') : null;
  let state: RunState = { planning: null, tracks: [], tokens: 0 };
  let drawn = 0;
  let ended = false;
  let begun = performance.now();
  const waiting = createWaiting(begun);
  const live = block !== null;

  const erase = () => {
    if (drawn > 0) output.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const stateLines = () => {
    if (state.planning !== null) return [state.planning];
    if (state.tracks.length === 0) return [];
    const now = performance.now();
    const summary = summaryLine(state, (now - begun) / 1000, waiting.longest(now));
    return block === null ? [summary] : block.blockLines(state.tracks, summary, output);
  };
  const draw = () => {
    const lines = stateLines();
    if (lines.length === 0) return;
    erase();
    output.write(`${lines.map(forTerminal).join('\n')}\n`);
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
        note(`${event.level === 'error' ? 'Error' : 'Warning'}: ${indented(event.message)}`);
        return;
      }
      if (event.kind === 'sent' || event.kind === 'returned') {
        waiting.learn(event, performance.now());
        return;
      }
      // Planning makes no calls: it is no part of their rate.
      if (event.kind === 'planned') begun = performance.now();
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

/** A label takes the columns that it is shown with. */
function newTrack(track: Track): TrackState {
  return { ...track, label: showControls(track.label), made: 0, missing: 0 };
}

function advance(
  state: RunState,
  event: Exclude<RunEvent, { kind: 'notice' | 'sent' | 'returned' }>,
): RunState {
  if (event.kind === 'planning') {
    const { questions, of } = event;
    const planning = `Planning: ${groupDigits(questions)} of ${groupDigits(of)} questions`;
    return { ...state, planning };
  }
  if (event.kind === 'planned') {
    return { ...state, planning: null, tracks: event.tracks.map(newTrack) };
  }
  // Anchors are no part of the tracks' plans; their tokens are.
  const probed = event.kind === 'probed';
  const role = event.kind === 'answered' ? 'model' : 'judge';
  const position = event.kind === 'answered' ? event.model : event.judge;
  const good =
    event.status === 'completed' || event.status === 'truncated' || event.status === 'rated';
  const tokens = (event.usage?.promptTokens ?? 0) + (event.usage?.completionTokens ?? 0);
  return {
    ...state,
    tokens: state.tokens + tokens,
    tracks: state.tracks.map((track) =>
      !probed && track.role === role && track.position === position
        ? { ...track, made: track.made + 1, missing: track.missing + (good ? 0 : 1) }
        : track,
    ),
  };
}

function summaryLine(
  { tracks, tokens }: RunState,
  seconds: number,
  waiting: Waiting | null,
): string {
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
    rateText(rate),
    tokens > 0 ? `${groupDigits(tokens)} tokens` : '',
    waiting === null ? timeLeft(left, rate) : waitingText(waiting),
    `${total((track) => track.missing)} missing so far`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function timeLeft(calls: number, rate: number): string {
  return calls > 0 && rate > 0 ? `${duration(calls / rate)} left` : '';
}

function waitingText({ model, seconds }: Waiting): string {
  return `no reply from ${showControls(model)} for ${duration(seconds)}`;
}

/** Slow endpoints make a call in minutes: "0.0 calls/s" would look like a standstill. */
function rateText(perSecond: number): string {
  if (perSecond < 0.05) return `${(60 * perSecond).toFixed(1)} calls/min`;
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} calls/s`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
