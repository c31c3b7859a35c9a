import { fileURLToPath } from 'node:url';
import { compareAll } from '../../src/analyses/comparison/compare.ts';
import { summarizeRun } from '../../src/analyses/summary/summarize.ts';
import type { ItemLabels, QuestionScore } from '../../src/ports/run-archive.ts';
import { seriesOfRun } from '../../src/series/scores/scored-series.ts';
import { createRandom } from '../../src/stats/random/random.ts';
import { storedRun } from '../analyses/summary/run.ts';
import { measure } from './measure.ts';
import { CATEGORIES, SCOPES } from './workload.ts';

/** Time and memory of the statistics alone, each in a process of its own: no store, no report. */
const MODELS = 30;
const CULTURES = ['Chinese', 'Arab', 'Japanese'];
const CARE = 450;
const MILLION = 33_334;

const run = storedRun(Array.from({ length: MODELS }, (_, index) => `model ${index}`));

function* items(count: number): Generator<ItemLabels> {
  for (let position = 0; position < count; position += 1) {
    yield {
      position,
      key: `question ${position}`,
      id: `q${position}`,
      culture: CULTURES[position % 3] ?? '',
      language: 'zh',
      category: CATEGORIES[Math.floor(position / 3) % 5] ?? '',
      scope: SCOPES[position % 17 === 0 ? 1 + (position % 3) : 0] ?? null,
      association: null,
      cluster: null,
    };
  }
}

function* scores(count: number): Generator<QuestionScore> {
  const random = createRandom('bench');
  for (let model = 0; model < MODELS; model += 1) {
    for (let item = 0; item < count; item += 1) {
      const rating = Math.min(10, 1 + random.int(8) + (model % 4));
      yield { model, style: 0, judge: 0, item, rating, planned: 1, rated: 1 };
    }
  }
}

const jobs: Readonly<Record<string, () => unknown>> = {
  summary: () =>
    summarizeRun({ run, items: items(CARE), scores: scores(CARE), trials: () => [], coverage: [] }),
  compare: () =>
    compareAll(
      seriesOfRun({ definition: run.definition, items: items(CARE), scores: scores(CARE) }),
    ),
  million: () =>
    summarizeRun({
      run,
      items: items(MILLION),
      scores: scores(MILLION),
      trials: () => [],
      coverage: [],
    }),
};

const job = jobs[process.argv[2] ?? ''];
if (job) job();
else await printRows();

async function printRows(): Promise<void> {
  const file = fileURLToPath(import.meta.url);
  const summary = await measure([file, 'summary']);
  const compare = await measure([file, 'compare']);
  const million = await measure([file, 'million']);
  const rows = [
    ['intervals and ties, 30 models × 15 cells × 450 items (s)', summary.seconds, 5],
    ['all 435 pairs of them, 9,999 sign-flips (s)', compare.seconds, 20],
    ['intervals of 1,000,000 judgments (s)', million.seconds, 30],
    ['the same, peak memory (MB)', million.peakMb, 600],
  ] as const;
  process.stdout.write('\n| what | measured | target | |\n| :-- | --: | --: | :-- |\n');
  let missed = false;
  for (const [what, value, most] of rows) {
    const met = value === null || value <= most;
    missed ||= !met;
    const measured = value === null ? 'not measurable here' : value.toFixed(1);
    process.stdout.write(`| ${what} | ${measured} | ≤ ${most} | ${met ? 'met' : 'MISSED'} |\n`);
  }
  if (missed) process.exitCode = 1;
}
