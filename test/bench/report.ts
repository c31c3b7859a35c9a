import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill, type Size } from './filled-store.ts';
import { measure, PROGRAM } from './measure.ts';
import { print, type Row, row } from './table.ts';

/**
 * How long a full report takes, PNG files and all, over stores that are filled directly. The program
 * runs in a process of its own.
 */
const folder = mkdtempSync(join(tmpdir(), 'care-judge-bench-report-'));
try {
  const usual = { items: 3170, styles: ['zero-shot'], judges: ['GPT-4o'], trials: 1 };
  const million = {
    items: 5000,
    styles: ['zero-shot', 'role-play'],
    judges: ['GPT-4o', 'Qwen-72B'],
    trials: 5,
  };
  const rows = [
    ...(await benchmark('31,700 judgments', usual, { seconds: 15, megabytes: 500, page: 3 })),
    ...(await benchmark('1,000,000 judgments', million, { seconds: 90, megabytes: 1024 })),
  ];
  print(rows);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchmark(
  what: string,
  size: Size,
  most: { readonly seconds: number; readonly megabytes: number; readonly page?: number },
): Promise<Row[]> {
  const db = join(folder, `${size.items}.sqlite`);
  const out = join(folder, `${size.items}`);
  const judgments = fill(db, size);
  process.stderr.write(`${what}: ${judgments} in ${db}\n`);
  // 3: ratings are missing, as they are in most runs.
  const { seconds, peakMb } = await measure([PROGRAM, 'report', '--db', db, '--out', out], {
    expected: [0, 3],
  });
  const page = statSync(join(out, 'report.html')).size / 1e6;
  rmSync(db);
  return [
    row(`full report of ${what} (s)`, seconds, { most: most.seconds }),
    row(`full report of ${what}, peak memory (MB)`, peakMb, { most: most.megabytes }),
    ...(most.page === undefined
      ? []
      : [row(`report.html of ${what} (MB)`, page, { most: most.page })]),
  ];
}
