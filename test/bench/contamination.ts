import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { z } from 'zod';
import { questionSetSchema } from '../../src/analyses/question-set/schema.ts';
import { pick } from '../../src/stats/at.ts';
import { createRandom, type Random } from '../../src/stats/random/random.ts';
import { measure, PROGRAM } from './measure.ts';
import { print, type Row, row } from './table.ts';

/** Time and memory of `items --against` on generated training data that quotes some of the questions. */
const ROWS = z.coerce.number().parse(process.argv[2] ?? 1_000_000);
const PLANTED = 20;
const QUESTIONS = fileURLToPath(new URL('../../configs/items/sample.jsonl', import.meta.url));

const LETTERS = {
  zh: [0x4e00, 3000],
  ar: [0x0627, 36],
  en: [0x61, 26],
} as const;

function sentence(random: Random, [from, letters]: readonly [number, number]): string {
  return Array.from({ length: 40 + random.int(160) }, (_, at) =>
    letters < 100 && at % 6 === 5 ? ' ' : String.fromCharCode(from + random.int(letters)),
  ).join('');
}

/** Rows of chat messages; every so often one has a question of the set in it. */
async function* rows(questions: readonly string[]) {
  const random = createRandom('contamination');
  const scripts = Object.values(LETTERS);
  // Sentences are drawn from a pool: what is measured is the scan, not this.
  const pool = Array.from({ length: 20_000 }, () =>
    sentence(random, pick(scripts, random.int(scripts.length))),
  );
  const every = Math.floor(ROWS / PLANTED);
  for (let at = 0; at < ROWS; at += 1) {
    const quoted = at % every === 0 ? `${questions[at / every] ?? ''} ` : '';
    yield {
      id: at,
      prompt: `${quoted}${pick(pool, random.int(pool.length))}`,
      answer: `${pick(pool, random.int(pool.length))} ${pick(pool, random.int(pool.length))}`,
    };
  }
}

async function writeLines(file: string, questions: readonly string[]): Promise<void> {
  const stream = createWriteStream(file);
  let lines = '';
  for await (const record of rows(questions)) {
    lines += `${JSON.stringify(record)}\n`;
    if (lines.length < 1 << 20) continue;
    if (!stream.write(lines)) await once(stream, 'drain');
    lines = '';
  }
  stream.end(lines);
  await once(stream, 'close');
}

async function writeParquet(file: string, questions: readonly string[]): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(file),
    columns: [
      { name: 'id', type: 'INT32' },
      { name: 'prompt', type: 'STRING' },
      { name: 'answer', type: 'STRING' },
    ],
    rows: rows(questions),
    rowGroupSize: 10_000,
  });
}

const questions = readFileSync(QUESTIONS, 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.object({ question: z.string() }).parse(JSON.parse(line)).question);
const folder = mkdtempSync(join(tmpdir(), 'care-judge-contamination-'));
try {
  const { peakMb: alone } = await measure([PROGRAM, 'items', QUESTIONS, '--json']);
  const results: Row[] = [];
  for (const [ending, write] of Object.entries({ jsonl: writeLines, parquet: writeParquet })) {
    const file = join(folder, `training.${ending}`);
    await write(file, questions);
    const gigabytes = statSync(file).size / 1e9;
    const scan = await measure([PROGRAM, 'items', QUESTIONS, '--against', file, '--json']);
    const { contamination } = questionSetSchema.parse(JSON.parse(scan.stdout));
    const found = contamination?.matches.filter(({ exact, share }) => exact || share === 1).length;
    const detail = `${ROWS} rows, ${gigabytes.toFixed(2)} GB`;
    results.push(
      row(`.${ending}: seconds`, scan.seconds, { most: ROWS / 10_000, detail }),
      row(`.${ending}: peak MB over \`items\` alone`, (scan.peakMb ?? 0) - (alone ?? 0), {
        most: 300,
      }),
      row(`.${ending}: planted questions found`, found ?? 0, { least: PLANTED }),
    );
  }
  print(results);
  if (results.some(({ met }) => !met)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
