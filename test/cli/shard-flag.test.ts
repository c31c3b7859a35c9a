import { expect, test } from 'vitest';
import { readShard } from '../../src/cli/shard-flag.ts';

const slurm = (id: string, count: string, range: string) => {
  const [first = '', last = '', step = '1'] = range.split(/[-:]/);
  return {
    SLURM_ARRAY_TASK_ID: id,
    SLURM_ARRAY_TASK_COUNT: count,
    SLURM_ARRAY_TASK_MIN: first,
    SLURM_ARRAY_TASK_MAX: last,
    SLURM_ARRAY_TASK_STEP: step,
  };
};

test.each([
  ['SLURM --array=0-7', slurm('0', '8', '0-7'), '1/8'],
  ['SLURM --array=1-8', slurm('8', '8', '1-8'), '8/8'],
  ['SLURM --array=10-80:10', slurm('30', '8', '10-80:10'), '3/8'],
  ['GitLab', { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '8' }, '3/8'],
  ['Buildkite', { BUILDKITE_PARALLEL_JOB: '0', BUILDKITE_PARALLEL_JOB_COUNT: '5' }, '1/5'],
  ['Kubernetes', { JOB_COMPLETION_INDEX: '7', JOB_COMPLETIONS: '8' }, '8/8'],
])('auto knows its place: %s', (_, environment, expected) => {
  const { index, count } = readShard('auto', environment);
  expect(`${index}/${count}`).toBe(expected);
});

test.each([
  ['nothing', {}, 'none of SLURM_ARRAY_TASK_ID, CI_NODE_INDEX'],
  ['GitLab without parallel', { CI_NODE_TOTAL: '1' }, 'none of'],
  ['no count', { CI_NODE_INDEX: '3' }, 'CI_NODE_TOTAL is not'],
  ['Kubernetes without completions', { JOB_COMPLETION_INDEX: '0' }, 'JOB_COMPLETIONS is not'],
  ['an empty count', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '' }, 'JOB_COMPLETIONS is not'],
  ['no number', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '$(N)' }, 'not a whole number'],
  ['out of range', { CI_NODE_INDEX: '9', CI_NODE_TOTAL: '8' }, 'CI_NODE_INDEX=9'],
  ['GitLab counts from 1', { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '8' }, 'CI_NODE_INDEX=0'],
  ['SLURM without a count', { SLURM_ARRAY_TASK_ID: '1' }, 'SLURM_ARRAY_TASK_COUNT is not'],
  ['one task of SLURM submitted again', slurm('3', '1', '3-3'), 'would run everything'],
  ['two tasks of SLURM submitted again', slurm('2', '2', '2-5'), 'one by one'],
  [
    'two schedulers',
    { ...slurm('1', '8', '1-8'), CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' },
    'SLURM_ARRAY_TASK_ID and CI_NODE_INDEX are both set',
  ],
])('auto refuses what does not say which shard of how many: %s', (_, environment, message) => {
  expect(() => readShard('auto', environment)).toThrow(message);
  expect(() => readShard('auto', environment)).toThrow('name the shard instead: --shard 3/8.');
});

test('a shard is named by its number and the count', () => {
  expect(readShard('3/8', {})).toEqual({ index: 3, count: 8 });
  for (const text of ['0/8', '9/8', '8', '1/0', '-1/8', '1.5/8', 'a/b', '3 / 8'])
    expect(() => readShard(text, {})).toThrow('expected i/n with i from 1 to n');
});
