import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built program, as a user starts it. */
export const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Measured {
  readonly seconds: number;
  /** Processor time of all its threads, which other programs' load changes little; null where /proc is missing. */
  readonly cpuSeconds: number | null;
  /** Highest resident set, in megabytes; null where /proc is missing. */
  readonly peakMb: number | null;
  readonly stdout: string;
}

interface MeasureOptions {
  /** Exit codes that are no error. */
  readonly expected?: readonly number[];
  readonly env?: NodeJS.ProcessEnv;
}

const POLL_MS = 20;

/** Runs a Node program to its end; the clock runs from before the process exists until it is gone. */
export async function measure(
  args: readonly string[],
  { expected = [0], env = process.env }: MeasureOptions = {},
): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let peakMb: number | null = null;
  let cpuSeconds: number | null = null;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const poll = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
    cpuSeconds = cpuOf(child.pid) ?? cpuSeconds;
  }, POLL_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(poll);
  const seconds = (performance.now() - begun) / 1000;
  if (code === null || !expected.includes(code))
    throw new Error(`${args.join(' ')} ended with ${code}:\n${stderr}`);
  return { seconds, cpuSeconds, peakMb, stdout };
}

/** The kernel's own high-water mark, so that polling misses nothing but the last milliseconds. */
function peakOf(pid: number | undefined): number | null {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readProc(pid, 'status'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** Clock ticks of user and system time are the 12th and 13th figure behind the name in brackets. */
function cpuOf(pid: number | undefined): number | null {
  const figures = readProc(pid, 'stat').split(') ')[1]?.split(' ');
  return figures === undefined
    ? null
    : (Number(figures[11]) + Number(figures[12])) / TICKS_A_SECOND;
}

const TICKS_A_SECOND = 100;

/** Nothing of a process that is gone, or on a system without /proc. */
function readProc(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `care-judge simulate` on a free port and waits until it listens. */
export async function startServer(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [PROGRAM, 'simulate', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return {
    url,
    stop: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
