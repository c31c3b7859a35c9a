import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fill, type Size } from './filled-store.ts';
import { type Measured, measure, PROGRAM } from './measure.ts';
import { print, type Row, ratio, row } from './table.ts';

/**
 * How long `merge` takes over stores of shards, and whether its memory grows with them. Every store has
 * the whole plan and the calls of its own shard, as `run --shard` leaves it.
 */
const SMALL: Size = { items: 3200, styles: ['zero-shot'], judges: ['GPT-4o'], trials: 1 };
const MILLION: Size = {
  items: 5000,
  styles: ['zero-shot', 'role-play'],
  judges: ['GPT-4o', 'Qwen-72B'],
  trials: 5,
};

const folder = mkdtempSync(join(tmpdir(), 'care-judge-bench-merge-'));
try {
  const small = await benchmark(SMALL, 8);
  const large = await benchmark(MILLION, 2);
  const growth = ratio(large.peakMb, small.peakMb);
  const rows: Row[] = [
    row('merge of 8 shards, 4,000 judgments each (s)', small.seconds, { most: 5, ...cpu(small) }),
    row('its peak memory (MB)', small.peakMb, { most: 250 }),
    row('merge of 2 shards, 500,000 judgments each (s)', large.seconds, {
      most: 120,
      ...cpu(large),
    }),
    row('its peak memory, times that of 32,000 judgments', growth, {
      most: 1.5,
      detail: `${large.peakMb?.toFixed(0)} MB`,
    }),
  ];
  print(rows);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function cpu({ cpuSeconds }: Measured) {
  return cpuSeconds === null ? {} : { detail: `${cpuSeconds.toFixed(1)} s of processor` };
}

async function benchmark(size: Size, shards: number) {
  const whole = join(folder, 'whole.sqlite');
  const judgments = fill(whole, size);
  const files = Array.from({ length: shards }, (_, index) => {
    const file = join(folder, `shard-${index}.sqlite`);
    copyFileSync(whole, file);
    keepOnly(file, { index, count: shards });
    return file;
  });
  rmSync(whole);
  process.stderr.write(`${judgments} judgments in ${shards} stores\n`);
  const out = join(folder, 'out.sqlite');
  const measured = await measure([PROGRAM, 'merge', out, ...files, '--json']);
  const { runs } = JSON.parse(measured.stdout);
  if (runs[0].open !== 0) throw new Error(`the union lacks ${runs[0].open} calls`);
  for (const file of [out, ...files]) rmSync(file);
  return measured;
}

/** Takes the calls of all other shards out again. */
function keepOnly(
  file: string,
  { index, count }: { readonly index: number; readonly count: number },
) {
  const database = new Database(file);
  const blank = (table: string, columns: readonly string[]) =>
    `UPDATE ${table} SET status = 'pending', ${columns.map((name) => `${name} = NULL`).join(', ')}`;
  database.exec(`
    CREATE TEMP TABLE others AS SELECT id, response FROM run_responses WHERE item % ${count} != ${index};
    CREATE INDEX temp.others_by_id ON others (id);
    ${blank('judgments', ['rating', 'parse', 'conflicting', 'parser_version', 'text', 'ended_at'])}
    WHERE id IN (SELECT judgment FROM run_judgments WHERE run_response IN (SELECT id FROM others));
    ${blank('responses', ['text', 'ended_at'])} WHERE id IN (SELECT response FROM others);`);
  database.exec('VACUUM');
  database.close();
}
