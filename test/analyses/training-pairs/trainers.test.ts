import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { TRAINERS, type TrainerName } from '../../../src/analyses/training-pairs/trainers/index.ts';
import type { Method, Trainer } from '../../../src/analyses/training-pairs/trainers/trainer.ts';
import { makeTrainingPairs } from '../../../src/analyses/training-pairs/training-pairs.ts';
import { candidate, question, REQUEST } from './questions.ts';

/** A Python with `datasets` and `trl`: the trainers' own readers, which need no model and no GPU. */
const PYTHON = process.env['CARE_JUDGE_PYTHON'] ?? 'python3';
const SCRIPT = fileURLToPath(new URL('load_pairs.py', import.meta.url));

const trainers: readonly [TrainerName, Trainer][] = [
  ['trl', TRAINERS.trl],
  ['llama-factory', TRAINERS['llama-factory']],
  ['axolotl', TRAINERS.axolotl],
  ['openrlhf', TRAINERS.openrlhf],
];
const formats = trainers.flatMap(([name, { methods }]) =>
  methods.map((method): [TrainerName, Method] => [name, method]),
);

const questions = ['a', 'b', 'c'].map((key) =>
  question(key, [candidate(9, `好 ${key}`), candidate(5, `中 ${key}`), candidate(2, `坏 ${key}`)]),
);
const source = {
  ...{ ratings: 'judge' as const, judge: 'J', runs: ['run-1'], simulated: null, questions },
  excluded: { truncated: 0, empty: 0, filtered: 0, failed: 0, pending: 0, unrated: 0 },
};

function filesOf(trainer: TrainerName, method: Method) {
  const request = { ...REQUEST, trainer, method, desirable: 8, undesirable: 4 };
  return makeTrainingPairs(source, request).files;
}

test('datasets and trl load the files of every trainer and method', async ({ skip }) => {
  const found = await promisify(execFile)(PYTHON, ['-c', 'import datasets, trl.data_utils']).catch(
    (error: Error) => error,
  );
  if (found instanceof Error)
    skip(`${PYTHON} has no datasets and trl; name one that has with CARE_JUDGE_PYTHON`);
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-trainers-'));
  try {
    for (const [trainer, method] of formats) {
      const own = join(folder, `${trainer}-${method}`);
      mkdirSync(own);
      for (const { name, text } of filesOf(trainer, method)) writeFileSync(join(own, name), text);
      const entries = TRAINERS[trainer].registry?.(method, 'pairs.jsonl');
      if (entries) writeFileSync(join(own, 'dataset_info.json'), JSON.stringify(entries));
    }
    const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: join(tmpdir(), 'care-judge-hf') };
    const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, folder], { env });
    const counts: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    // One pair or best answer for each of three questions; KTO keeps the good and the bad one.
    expect(counts).toEqual({
      ...{ 'trl-dpo': 3, 'trl-simpo': 3, 'trl-kto': 6, 'trl-sft': 3 },
      ...{ 'llama-factory-dpo': 3, 'llama-factory-simpo': 3, 'llama-factory-kto': 6 },
      ...{ 'llama-factory-sft': 3, 'axolotl-dpo': 3, 'axolotl-simpo': 3, 'axolotl-kto': 6 },
      ...{ 'axolotl-sft': 3, 'openrlhf-dpo': 3, 'openrlhf-sft': 3 },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test('each trainer has its own shape of a pair', () => {
  const shapes = trainers.map(([trainer]) => {
    const row = JSON.parse(filesOf(trainer, 'dpo')[0]?.text.split('\n')[0] ?? '');
    return [trainer, Object.keys(row).slice(0, Object.keys(row).indexOf('item'))];
  });
  expect(Object.fromEntries(shapes)).toEqual({
    trl: ['prompt', 'chosen', 'rejected'],
    'llama-factory': ['conversations', 'chosen', 'rejected'],
    axolotl: ['messages', 'chosen', 'rejected'],
    openrlhf: ['prompt', 'chosen', 'rejected', 'margin'],
  });
});
