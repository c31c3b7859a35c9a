import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../../src/cli/run-cli.ts';

interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own and a command line in it; `HERE/` stands for the folder in what was printed. */
export interface Workplace {
  readonly folder: string;
  readonly path: (name: string) => string;
  write(name: string, text: string): string;
  read(name: string): string;
  /** Names of all files, folders inside included, sorted. */
  files(): string[];
  /** Runs a command line with just these environment variables; arguments that begin with `@` are files here. */
  cli(argv: readonly string[], environment?: Record<string, string>): Promise<CliResult>;
  /** What Ctrl-C sends. */
  readonly signals: EventEmitter;
  remove(): void;
}

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-test-'));
  const path = (name: string) => join(folder, name);
  const signals = new EventEmitter();
  return {
    folder,
    path,
    signals,
    write: (name, text) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
      return path(name);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
    cli: async (argv, environment = {}) => {
      const out: string[] = [];
      const err: string[] = [];
      const collect = (into: string[]) => ({
        write: (chunk: unknown) => into.push(String(chunk)) > 0,
      });
      const code = await runCli(
        argv.map((argument) => (argument.startsWith('@') ? path(argument.slice(1)) : argument)),
        { stdout: collect(out), stderr: collect(err), environment, signals },
      );
      const here = (chunks: string[]) => chunks.join('').replaceAll(`${folder}/`, 'HERE/');
      return { code, stdout: here(out), stderr: here(err) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two small questions of two categories, as a JSONL file. */
export const QUESTIONS = [
  {
    id: 'zongzi',
    question: '端午节为什么要吃粽子？',
    reference: '相传是为了纪念投江的诗人屈原。',
    culture: 'Chinese',
    language: 'zh',
    category: 'Social norms',
    scope: 'Nationwide',
    association: 'Native',
  },
  {
    id: 'moon',
    question: '「静夜思」的作者是谁？',
    reference: '作者是唐代诗人李白。',
    culture: 'Chinese',
    language: 'zh',
    category: 'Literacy',
    scope: 'Nationwide',
    association: 'Native',
  },
];

export function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
