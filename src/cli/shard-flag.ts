import { OperatorError } from '../domain/errors.ts';
import type { Shard } from '../domain/shard.ts';
import type { Terminal } from './terminal.ts';

type Environment = Terminal['environment'];

/** Whole-number variables of a scheduler that say which of how many jobs this is. */
interface Scheduler {
  readonly name: string;
  readonly index: string;
  readonly count: string;
  /** Of the first job; 0 or 1. */
  readonly from: 0 | 1;
  /** Where the count comes from, for the message when it is absent. */
  readonly source: string;
}

const SCHEDULERS: readonly Scheduler[] = [
  {
    name: 'GitLab',
    index: 'CI_NODE_INDEX',
    count: 'CI_NODE_TOTAL',
    from: 1,
    source: 'GitLab sets it with `parallel: N`',
  },
  {
    name: 'Buildkite',
    index: 'BUILDKITE_PARALLEL_JOB',
    count: 'BUILDKITE_PARALLEL_JOB_COUNT',
    from: 0,
    source: 'Buildkite sets it with `parallelism: N`',
  },
  {
    name: 'Kubernetes',
    index: 'JOB_COMPLETION_INDEX',
    count: 'JOB_COMPLETIONS',
    from: 0,
    source: 'Kubernetes does not set it: pass the Job’s `completions` in its `env`',
  },
];

const SLURM_INDEX = 'SLURM_ARRAY_TASK_ID';
const BY_NAME = 'name the shard instead: --shard 3/8';

/** Reads `--shard i/n` or `--shard auto`. Throws OperatorError for anything that is not one shard of several. */
export function readShard(text: string, environment: Environment): Shard {
  if (text === 'auto') return shardOfJob(environment);
  const found = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [index, count] = [Number(found?.[1]), Number(found?.[2])];
  if (index >= 1 && index <= count) return { index, count };
  throw new OperatorError(
    `--shard ${text}: expected i/n with i from 1 to n, such as 3/8, or auto to take both from the environment.`,
  );
}

/** A job that could not tell its place would run everything, beside others that do the same. */
function shardOfJob(environment: Environment): Shard {
  const indices = [SLURM_INDEX, ...SCHEDULERS.map(({ index }) => index)];
  const present = indices.filter((name) => environment[name]);
  const [index, other] = present;
  if (index === undefined)
    throw refusal(`none of ${indices.join(', ')} is set, so nothing says which shard this is`);
  if (other !== undefined) throw refusal(`${index} and ${other} are both set`);
  const scheduler = SCHEDULERS.find((one) => one.index === index);
  return scheduler === undefined
    ? shardOfSlurm(environment)
    : shardOfScheduler(scheduler, environment);
}

function shardOfScheduler(
  { index, count, from, source }: Scheduler,
  environment: Environment,
): Shard {
  if (!environment[count])
    throw refusal(
      `${index} is set, but ${count} is not, so nothing says how many shards there are. ${source}`,
    );
  return checked({
    index: wholeVariable(environment, index) - from + 1,
    count: wholeVariable(environment, count),
    variables: `${index}=${environment[index]} and ${count}=${environment[count]}`,
  });
}

/** Task ids of an array may begin anywhere and have gaps: --array=10-80:10. */
function shardOfSlurm(environment: Environment): Shard {
  const variable = (name: string) => {
    if (!environment[name])
      throw refusal(`${SLURM_INDEX} is set, but ${name} is not: this is not a task of a job array`);
    return wholeVariable(environment, name);
  };
  const id = variable(SLURM_INDEX);
  const count = variable('SLURM_ARRAY_TASK_COUNT');
  const first = variable('SLURM_ARRAY_TASK_MIN');
  const last = variable('SLURM_ARRAY_TASK_MAX');
  const step = variable('SLURM_ARRAY_TASK_STEP');
  const variables = `SLURM_ARRAY_TASK_ID=${id}, _COUNT=${count}, _MIN=${first}, _MAX=${last} and _STEP=${step}`;
  // What is submitted again for one task that failed is an array of one, and would be the whole run.
  if (count === 1)
    throw refusal(`the job array has one task, which would run everything (${variables})`);
  if ((last - first) / step + 1 !== count) throw uneven(variables);
  return checked({ index: (id - first) / step + 1, count, variables });
}

function wholeVariable(environment: Environment, name: string): number {
  const text = environment[name] ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw refusal(`${name}=${text} is not a whole number`);
}

function checked({ variables, ...shard }: Shard & { readonly variables: string }): Shard {
  const { index, count } = shard;
  if (Number.isInteger(index) && index >= 1 && index <= count) return shard;
  throw uneven(variables);
}

function uneven(variables: string): OperatorError {
  return refusal(`${variables} do not number the jobs one by one`);
}

function refusal(why: string): OperatorError {
  return new OperatorError(`--shard auto: ${why}; ${BY_NAME}.`);
}
