import type { Writable } from 'node:stream';
import { forTerminal, jsonForTerminal, showControls } from '../domain/shown-text.ts';

/** The world a command talks to; tests pass their own. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signals: SignalSource;
}

export interface Output extends Pick<Writable, 'write'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Ctrl-C, a polite kill, and the terminal being closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** Where the signals that stop a run come from. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

/** Prints text for people, whatever it holds. */
export function printLine(output: Output, text: string): void {
  output.write(`${forTerminal(text)}\n`);
}

export function printJson(output: Output, value: unknown): void {
  output.write(`${jsonForTerminal(value)}\n`);
}

/** Prints a command to the CI that reads along; made by `annotation`, which escapes what is in it. */
export function printCommand(output: Output, command: string): void {
  output.write(`${showControls(command)}\n`);
}
