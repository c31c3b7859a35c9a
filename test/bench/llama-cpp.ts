import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { measure, PROGRAM, type Server } from './measure.ts';

/**
 * `npm run llama`: the bundled sample against a real llama.cpp server, where a grammar holds the ratings
 * to their form. The model is tiny and random: what is tried is the wire. Skipped, with the reason, where
 * Python or its packages are not to be had; `CARE_JUDGE_PYTHON` names one that has them.
 */
const SERVER = fileURLToPath(new URL('llama-cpp/server.py', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../configs/items/sample.jsonl', import.meta.url));
const ENVIRONMENT = fileURLToPath(new URL('../../node_modules/.cache/llama-cpp', import.meta.url));
/** Wheels alone: from source, llama.cpp would compile for half an hour. */
const PACKAGES = ['xllamacpp==2026.10.11549', 'gguf==0.19.0', 'numpy'];
const CALLS = 180;

const python = findPython();
if ('missing' in python) {
  process.stdout.write(`skipped: ${python.missing}\n`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-llama-'));
  try {
    process.exitCode = (await tryServer(python.file, folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Python with the packages, installed beside this checkout's own; or why there is none. */
function findPython(): { readonly file: string } | { readonly missing: string } {
  const named = process.env['CARE_JUDGE_PYTHON'];
  if (named !== undefined) return { file: named };
  const file = join(ENVIRONMENT, 'bin', 'python');
  if (existsSync(join(ENVIRONMENT, 'complete'))) return { file };
  mkdirSync(ENVIRONMENT, { recursive: true });
  const install = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', ...PACKAGES];
  for (const [command, args] of [
    ['python3', ['-m', 'venv', ENVIRONMENT]],
    [file, install],
  ] as const) {
    const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    const why = error?.message ?? stderr.trim().split('\n').at(-1);
    return { missing: `${command} ${args.join(' ')}: ${why}` };
  }
  writeFileSync(join(ENVIRONMENT, 'complete'), '');
  return { file };
}

async function tryServer(file: string, folder: string): Promise<boolean> {
  const server = await startLlama(file, folder);
  try {
    const config = writeConfig(folder, server.url);
    const db = join(folder, 'store.sqlite');
    const ping = await measure([PROGRAM, 'validate', config, '--ping'], { expected: [0, 2] });
    const run = await measure([PROGRAM, 'run', config, '--db', db], { expected: [0, 3] });
    const { ended, rated, inForm, attempts, tokens } = inspect(db);
    const serves = ping.stdout.includes('ok, serves tiny');
    const rows: [string, string | number, boolean][] = [
      ['serves what the config asks for', serves ? 'yes' : 'no', serves],
      ['calls ended', ended, ended === CALLS],
      ['HTTP attempts', attempts, attempts === CALLS],
      ['ratings', rated, rated === CALLS / 2],
      ['ratings in form, 1 to 10', inForm, inForm === CALLS / 2],
      ['replies with token counts', tokens, tokens === CALLS],
      ['seconds', run.seconds.toFixed(1), true],
    ];
    const lines = rows.map(
      ([what, found, met]) => `| ${what} | ${found} | ${met ? 'met' : 'MISSED'} |`,
    );
    process.stdout.write(`| llama.cpp | found | |\n| :-- | --: | :-- |\n${lines.join('\n')}\n`);
    return rows.every(([, , met]) => met);
  } finally {
    await server.stop();
  }
}

/** Makes the model and serves it on a free port. */
async function startLlama(file: string, folder: string): Promise<Server> {
  const child = spawn(file, [SERVER, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('close', (code) => reject(new Error(`${SERVER} ended with ${code}:\n${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function writeConfig(folder: string, url: string): string {
  const rating = Array.from({ length: 10 }, (_, index) => `"${index + 1}"`).join(' | ');
  const decoding = (grammar: string) => ({ temperature: 1, seed: 7, max_tokens: 100, grammar });
  const tiny = { endpoint: 'llama', model: 'tiny' };
  const config = {
    version: 1,
    name: 'llama-cpp',
    items: [{ file: SAMPLE }],
    endpoints: { llama: { kind: 'openai', baseUrl: `${url}/v1`, apiKey: '', concurrency: 4 } },
    models: [{ name: 'Tiny', ...tiny, decoding: decoding('root ::= [a-z] [a-z ]{10,40}') }],
    judges: [
      {
        name: 'Judge',
        ...tiny,
        decoding: decoding(`root ::= "Fine. Rating: [[" (${rating}) "]]"`),
      },
    ],
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

interface Found {
  readonly ended: number;
  readonly attempts: number;
  readonly tokens: number;
  readonly rated: number;
  readonly inForm: number;
}

function inspect(db: string): Found {
  const database = new Database(db, { readonly: true });
  try {
    const found = database
      .prepare<[], Found>(
        `WITH calls AS (
           SELECT status, attempts, prompt_tokens, NULL AS text, NULL AS rating FROM responses
           UNION ALL SELECT status, attempts, prompt_tokens, text, rating FROM judgments)
         SELECT count(*) FILTER (WHERE status IN ('completed', 'rated')) AS ended,
           sum(attempts) AS attempts, count(prompt_tokens) AS tokens, count(rating) AS rated,
           count(*) FILTER (WHERE text = 'Fine. Rating: [[' || CAST(rating AS INTEGER) || ']]') AS inForm
         FROM calls`,
      )
      .get();
    if (found === undefined) throw new Error('a count has a row');
    return found;
  } finally {
    database.close();
  }
}
