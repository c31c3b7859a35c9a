import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeReport } from '../../src/index.ts';
import { runConfig } from '../../src/run/run.ts';

const DEMO = fileURLToPath(new URL('../../configs/demo.yaml', import.meta.url));
export const SAMPLE = fileURLToPath(new URL('../../reports/sample', import.meta.url));

/** Runs the demo into a store of its own and writes its report: the same bytes on every machine. */
export async function writeSample(out: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-sample-'));
  const db = join(folder, 'demo.sqlite');
  try {
    await runConfig({ config: DEMO, db, environment: {} });
    const { files } = await writeReport({ db, runs: [], out, omitSessions: true });
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
