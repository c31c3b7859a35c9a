import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface ChildRun {
  readonly process: ChildProcess;
  /** Resolves when the process is gone. */
  readonly ended: Promise<ChildEnd>;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  /** Shell words before the program, such as `ulimit -f 100;`. */
  readonly before?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** Starts `care-judge` as a process of its own, which a test may kill. */
export function startChild(args: readonly string[], options: ChildOptions = {}): ChildRun {
  const { before = '', environment = {}, uid } = options;
  const words = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('bash', ['-c', `${before} exec ${words}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...environment },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: typeof code === 'number' ? code : null,
    signal: typeof signal === 'string' ? signal : null,
    stdout,
    stderr,
  }));
  return { process: child, ended };
}
