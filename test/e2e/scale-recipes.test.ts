import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from '../cli/workplace.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const recipe = (name: string) => `${ROOT}configs/scale/${name}`;
const PROGRAM = `${process.execPath} ${ROOT}dist/cli/main.js`;

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
  const questions = Array.from({ length: 8 }, (_, index) => ({
    ...QUESTIONS[0],
    id: `q${index}`,
    question: `第${index}个节日叫什么？`,
  }));
  here.write('items.jsonl', jsonLines(questions));
  // What `npx care-judge` and `npm ci` are in a project that has it installed.
  here.write('bin/npx', `#!/bin/sh\nshift\nexec ${PROGRAM} "$@"\n`);
  here.write('bin/npm', '#!/bin/sh\n');
  here.write('bin/care-judge', `#!/bin/sh\nexec ${PROGRAM} "$@"\n`);
  for (const name of ['npx', 'npm', 'care-judge']) chmodSync(here.path(`bin/${name}`), 0o755);
  writeConfig();
});
afterEach(() => here.remove());

function writeConfig(latencyMs = 0): void {
  here.write(
    'care-judge.yaml',
    `version: 1
name: recipe
items: [{ file: items.jsonl }]
endpoints: { sim: { kind: simulated, latencyMs: ${latencyMs}, concurrency: 1 } }
models: [{ name: A, endpoint: sim, model: simulated-80 }]
judges: [{ name: J, endpoint: sim, model: simulated-judge }]
`,
  );
}

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** Runs a script in the workplace with nothing but these variables and the programs above. */
async function bash(script: string, environment: Record<string, string>): Promise<Ended> {
  const env = { PATH: `${here.path('bin')}:/usr/bin:/bin`, ...environment };
  try {
    const { stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: here.folder, env });
    return { code: 0, stderr };
  } catch (error) {
    const { code, stderr } = z.object({ code: z.int(), stderr: z.string() }).parse(error);
    return { code, stderr };
  }
}

const slurm = (task: number, count: number): Record<string, string> => ({
  ...{ CONFIG: 'care-judge.yaml', RESULTS: 'results', SLURM_ARRAY_TASK_ID: String(task) },
  ...{ SLURM_ARRAY_TASK_COUNT: String(count), SLURM_ARRAY_TASK_MIN: '1' },
  ...{ SLURM_ARRAY_TASK_MAX: String(count), SLURM_ARRAY_TASK_STEP: '1' },
});

/** What `merge` says of the stores. */
async function merged(...stores: readonly string[]): Promise<{ rated: number; open: number }> {
  const { stdout } = await here.cli([
    'merge',
    '@check.sqlite',
    ...stores.map((name) => `@${name}`),
    '--json',
  ]);
  return JSON.parse(stdout).runs[0];
}

test('SLURM: the tasks of an array bring the whole run', async () => {
  for (const task of [1, 2])
    expect(await bash(recipe('slurm.sh'), slurm(task, 2))).toMatchObject({ code: 0 });
  expect(here.files().filter((name) => name.startsWith('results/'))).toEqual([
    'results/shard-1.sqlite',
    'results/shard-2.sqlite',
  ]);
  expect(await merged('results/shard-1.sqlite', 'results/shard-2.sqlite')).toMatchObject({
    ...{ rated: 8, open: 0 },
  });
  const { RESULTS: _, ...without } = slurm(1, 2);
  expect(await bash(recipe('slurm.sh'), without)).toMatchObject({ code: 1 });
});

/** Answers in the store that a recipe keeps below a scratch folder while it runs. */
function answersIn(scratch: string): number {
  const file = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('shard.sqlite'),
  );
  if (file === undefined) return 0;
  const database = new Database(join(scratch, file), { readonly: true });
  try {
    const made = "SELECT count(*) FROM responses WHERE status = 'completed'";
    return Number(database.prepare(made).pluck().get());
  } catch {
    // Its tables are not made yet.
    return 0;
  } finally {
    database.close();
  }
}

test('SLURM: a task that is told to stop keeps what it has, and resumes from there', async () => {
  writeConfig(400);
  const scratch = here.path('scratch');
  mkdirSync(scratch);
  const environment = {
    ...{ PATH: `${here.path('bin')}:/usr/bin:/bin`, TMPDIR: scratch },
    ...slurm(1, 2),
  };
  const child = spawn('bash', [recipe('slurm.sh')], { cwd: here.folder, env: environment });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (child.exitCode === null && answersIn(scratch) === 0) await setTimeout(50);
  child.kill('SIGTERM');
  expect([await ended, said.includes('Stopped')]).toEqual([130, true]);
  expect((await merged('results/shard-1.sqlite')).open).toBeGreaterThan(8);
  writeConfig();
  expect(await bash(recipe('slurm.sh'), slurm(1, 2))).toMatchObject({ code: 0 });
  expect((await merged('results/shard-1.sqlite')).rated).toBeGreaterThan(0);
});

const stepSchema = z.object({
  name: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});

test('GitHub: the steps of matrix and merge job run as written', async () => {
  const { jobs } = z
    .object({
      jobs: z.object({
        shard: z.object({
          strategy: z.object({ matrix: z.object({ shard: z.array(z.int()) }) }),
          steps: z.array(stepSchema),
        }),
        merge: z.object({ steps: z.array(stepSchema) }),
      }),
    })
    .parse(parse(readFileSync(recipe('github.yml'), 'utf8')));
  const { shard: shards } = jobs.shard.strategy.matrix;
  const step = jobs.shard.steps.find(({ name }) => name === 'One shard');
  const merge = jobs.merge.steps.find(({ name }) => name === 'Merge');
  for (const shard of shards) {
    const place = (step?.env?.['SHARD'] ?? '')
      .replace(/\$\{\{ matrix\.shard \}\}/, String(shard))
      .replace(/\$\{\{ strategy\.job-total \}\}/, String(shards.length));
    const script = `${step?.run} && mkdir -p shards/shard-${shard} && mv shard.sqlite shards/shard-${shard}/`;
    expect(await bash(script, { SHARD: place })).toMatchObject({ code: 0 });
  }
  expect(await bash(merge?.run ?? 'false', {})).toMatchObject({ code: 0 });
  expect(await merged('results/merged.sqlite')).toMatchObject({ rated: 8, open: 0 });
});

test('GitLab: the scripts of parallel and merge job run as written; a missing shard fails the merge', async () => {
  const job = z.object({ parallel: z.int().optional(), script: z.array(z.string()) });
  const { shard, merge } = z
    .object({ shard: job, merge: job })
    .parse(parse(readFileSync(recipe('gitlab.yml'), 'utf8')));
  const total = shard.parallel ?? 0;
  const merging = merge.script.slice(0, 2).join(' && ');
  for (let index = 1; index <= total; index += 1) {
    if (index === total) expect(await bash(merging, {})).toMatchObject({ code: 3 });
    const environment = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) };
    expect(await bash(shard.script.join(' && '), environment)).toMatchObject({ code: 0 });
  }
  expect(await bash(merging, {})).toMatchObject({ code: 0 });
});

test('Kubernetes: each index of the Job runs its shard; the count is that of the Job', async () => {
  const container = z.object({
    env: z.array(z.object({ name: z.string(), value: z.string() })),
    args: z.array(z.string()),
  });
  const { spec } = z
    .object({
      spec: z.object({
        completions: z.int(),
        template: z.object({ spec: z.object({ containers: z.tuple([container]) }) }),
      }),
    })
    .parse(parse(readFileSync(recipe('kubernetes.yaml'), 'utf8')));
  const [{ env, args }] = spec.template.spec.containers;
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  expect(variables['JOB_COMPLETIONS']).toBe(String(spec.completions));
  const paths = { CONFIG: 'care-judge.yaml', RESULTS: '.', SCRATCH: 'scratch' };
  for (const index of [0, spec.completions - 1]) {
    const environment = { ...variables, ...paths, JOB_COMPLETION_INDEX: String(index) };
    expect(await bash(`mkdir -p scratch; ${args[0]}`, environment)).toMatchObject({ code: 0 });
    await bash('rm -r scratch', {});
  }
  expect(existsSync(here.path(`shard-${spec.completions - 1}.sqlite`))).toBe(true);
  const lost = { ...variables, ...paths, JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '' };
  expect(await bash(`mkdir -p scratch; ${args[0]}`, lost)).toMatchObject({ code: 2 });
});

test('Ray: shards as tasks, their stores merged (with a stand-in for Ray that runs tasks in order)', async () => {
  here.write(
    'ray.py',
    `def init(): pass
def remote(**resources):
    def decorate(task):
        task.remote = lambda *args: task(*args)
        return task
    return decorate
def wait(tasks, num_returns): return tasks[:1], tasks[1:]
def get(task): return task
`,
  );
  const script = `python3 ${recipe('ray_shards.py')} care-judge.yaml 3 results/merged.sqlite`;
  const environment = { PYTHONPATH: '.', CARE_JUDGE: PROGRAM };
  expect(await bash(script, environment)).toMatchObject({ code: 0 });
  expect(await merged('results/merged.sqlite')).toMatchObject({ rated: 8, open: 0 });
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('the shell of all recipes has nothing that bash or shellcheck objects to', async () => {
  const inYaml = (name: string) =>
    textsIn(parse(readFileSync(recipe(name), 'utf8'))).filter((text) =>
      /\bcare-judge (?:run|merge|report) /.test(text),
    );
  const scripts = ['github.yml', 'gitlab.yml', 'kubernetes.yaml'].flatMap(inYaml);
  expect(scripts).toHaveLength(7);
  const files = scripts.map((script, index) =>
    here.write(`script-${index}.sh`, `#!/usr/bin/env bash\n${script}\n`),
  );
  const all = [recipe('slurm.sh'), ...files].join(' ');
  expect(await bash(`for file in ${all}; do bash -n "$file"; done`, {})).toMatchObject({ code: 0 });
  const installed = (await bash('command -v shellcheck', {})).code === 0;
  if (!installed) process.stderr.write('Not linted: shellcheck is not installed.\n');
  expect(await bash(installed ? `shellcheck ${all} >&2` : 'true', {})).toMatchObject({ code: 0 });
});
