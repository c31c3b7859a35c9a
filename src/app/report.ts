import { join } from 'node:path';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { openRunArchive } from '../adapters/sqlite/run-archive.ts';
import { OperatorError } from '../domain/errors.ts';
import { jsonSchema } from '../domain/json.ts';
import type { RunArchive } from '../ports/run-archive.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { categoriesOf, cultureByCategory, styleByCulture } from '../report/tables.ts';
import type { RunSummary } from '../summary/run-summary.ts';
import { summarizeRun } from '../summary/summarize.ts';

export interface ReportOptions {
  readonly db: string;
  /** Run ids; empty takes the newest. */
  readonly runs: readonly string[];
  readonly out: string;
}

export interface WrittenReport {
  readonly summary: RunSummary;
  readonly files: readonly string[];
}

/** Makes a report from the store alone and writes it. The same store gives the same bytes. */
export async function writeReport({ db, runs, out }: ReportOptions): Promise<WrittenReport> {
  const summary = readSummary(db, runs[0]);
  const tables = [
    cultureByCategory(summary),
    styleByCulture(summary),
    ...summary.cultures.map((culture) => categoriesOf(summary, culture)),
  ];
  const files: string[] = [];
  const write = async (name: string, text: string) => {
    const file = join(out, name);
    await writeTextFile(file, text);
    files.push(file);
  };
  await write('summary.json', `${JSON.stringify(jsonSchema.parse(summary), null, 2)}\n`);
  for (const table of tables)
    await write(join('tables', `${table.name}.md`), renderMarkdown(table));
  return { summary, files };
}

/** A run's summary, or the newest run's. Throws OperatorError where there is none. */
export function readSummary(db: string, run: string | undefined): RunSummary {
  const archive = openRunArchive(db);
  try {
    return summaryOf(archive, run ?? newestRun(archive, db));
  } finally {
    archive.close();
  }
}

function summaryOf(archive: RunArchive, run: string): RunSummary {
  return summarizeRun({
    run: archive.loadRun(run),
    items: archive.itemLabels(run),
    scores: archive.questionScores(run),
    trials: () => archive.trialRatings(run),
    coverage: archive.coverage(run),
  });
}

/** The run created last. */
export function newestRun(archive: RunArchive, db: string): string {
  const newest = archive.listRuns().at(-1);
  if (!newest)
    throw new OperatorError(
      `${db}: holds no run yet. Make one with \`care-judge run CONFIG --db ${db}\`.`,
    );
  return newest.id;
}
