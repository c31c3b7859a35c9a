import { basename, dirname } from 'node:path';
import { openBatchFolder } from '../../adapters/batch-files/folder.ts';
import { createResultReader } from '../../adapters/openai/batch/result-line.ts';
import { readRayRow } from '../../adapters/ray-data/rows.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { createLineSorter, type LineSorter } from '../../batch/line-sorter.ts';
import type { TrackedBatch } from '../../domain/batch.ts';
import { OperatorError } from '../../domain/errors.ts';
import { labelAnswerLanguages } from '../../language/answer-languages.ts';
import type { ReadLine } from '../../ports/batch-endpoint.ts';
import { LINE_FATES, type LineFate } from '../../ports/batch-store.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { RunProgram } from '../../prepare/program.ts';
import { type BatchCommandOptions, withPlannedRun } from './open-run.ts';

export interface ImportedResults {
  readonly runId: string;
  /** Lines by what became of them; those that were imported before are in none. */
  readonly fates: Readonly<Partial<Record<LineFate, number>>>;
  /** Lines that belong to no batch of this store, come twice, or cannot be read. */
  readonly unknown: number;
  readonly doubled: number;
  readonly unreadable: number;
  /** Calls of the batches that the files say nothing of: they can be exported again. */
  readonly absent: number;
  /** Judgments without a rating, of all that are planned. */
  readonly missing: number;
  /** What all lines of a batch were refused with. */
  readonly refusals: readonly string[];
}

/**
 * Reads result files of an engine, whole or the beginning that a killed job left. Lines find their calls
 * by custom_id; a line that was read before changes nothing.
 */
export async function importResults(
  options: BatchCommandOptions & { readonly files: readonly string[] },
): Promise<ImportedResults> {
  return await withPlannedRun(options, async ({ prepared, store, runId }) => {
    const importer = createImporter(store, prepared.program);
    for (const file of options.files) await importer.read(file);
    const found = importer.end();
    await labelAnswerLanguages(store, runId);
    const { rated, ...unrated } = store.countRun(runId).judgments;
    const missing = Object.values(unrated).reduce((sum, count) => sum + count, 0);
    return { runId, ...found, missing };
  });
}

interface Touched {
  readonly batch: TrackedBatch;
  readonly sorter: LineSorter;
}

function createImporter(store: RunStore, program: RunProgram) {
  const { batches } = store;
  const reader = createResultReader();
  const touched = new Map<string, Touched>();
  const fates: Partial<Record<LineFate, number>> = {};
  let unknown = 0;
  let unreadable = 0;

  function sorterOf(customId: string): LineSorter | null {
    const id = batches.holderOf(customId);
    const batch = id === null ? null : batches.find(id);
    if (batch === null) return null;
    const known = touched.get(batch.id);
    if (known) return known.sorter;
    const sorter = createLineSorter(batch, {
      ...{ store: batches, program, clock: systemClock, learn: () => false },
      onStored: (results) => {
        for (const { fate } of results) fates[fate] = (fates[fate] ?? 0) + 1;
      },
    });
    touched.set(batch.id, { batch, sorter });
    return sorter;
  }

  function take(line: ReadLine): void {
    if (line.kind === 'unreadable') {
      unreadable += 1;
      return;
    }
    const sorter = sorterOf(line.customId);
    if (sorter === null) unknown += 1;
    else sorter.take(line);
  }

  return {
    read: async (file: string): Promise<void> => {
      const folder = openBatchFolder(dirname(file));
      const name = basename(file);
      if ((await folder.sha256(name)) === null)
        throw new OperatorError(`${file}: there is no such file`);
      for await (const { text } of folder.lines(name)) take(reader(text, readRayRow));
    },
    end: () => {
      for (const { batch, sorter } of touched.values()) close(batch, sorter);
      const all = [...touched.values()];
      return {
        fates: Object.fromEntries(
          LINE_FATES.flatMap((fate) => (fates[fate] ? [[fate, fates[fate]]] : [])),
        ),
        unknown,
        unreadable,
        doubled: all.reduce((sum, { sorter }) => sum + sorter.oddities.doubled.length, 0),
        absent: all.reduce((sum, { batch }) => sum + batches.unread(batch.id).length, 0),
        refusals: all.flatMap(({ sorter }) => sorter.refusedByAll()?.message ?? []),
      };
    },
  };

  /** What a file says nothing of is planned again at once; a later file may still bring it. */
  function close(batch: TrackedBatch, sorter: LineSorter): void {
    sorter.end();
    if (batch.transport !== 'files' || batch.state === 'cleaned') return;
    batches.step(batch.id, { state: 'cleaned', at: systemClock.now(), facts: {} });
  }
}
