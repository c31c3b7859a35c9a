import type { Writable } from 'node:stream';

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

/** Where SIGINT and SIGTERM come from. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export function printLine(output: Output, text: string): void {
  output.write(`${text}\n`);
}
