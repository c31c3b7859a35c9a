import type { TrackedBatch } from '../domain/batch.ts';
import type { LineResult } from '../ports/batch-store.ts';
import { createLineSorter, type Oddities, type Refusal } from './line-sorter.ts';
import type { BatchWorks } from './works.ts';

export function resultFiles(id: string): { readonly output: string; readonly errors: string } {
  return { output: `care-judge-${id}.output.jsonl`, errors: `care-judge-${id}.errors.jsonl` };
}

const CHUNK = 500;
const NAMED = 3;

/**
 * Reads both result files of a batch. Lines that were read before are left alone, so that it can be
 * broken off and repeated. Calls of which no line speaks stay planned. Gives the refusal, if any, from
 * which the endpoint learned how the model wants to be asked.
 */
export async function readResults(batch: TrackedBatch, works: BatchWorks): Promise<Refusal | null> {
  const sorter = createLineSorter(batch, works);
  const { output, errors } = resultFiles(batch.id);
  for (const [name, has] of [
    [output, batch.facts.outputSha256],
    [errors, batch.facts.errorSha256],
  ] as const) {
    if (!has) continue;
    for await (const { text } of works.folder.lines(name)) sorter.take(text);
  }
  sorter.end();
  const refused = sorter.refusedByAll();
  if (refused) {
    works.tell(
      'error',
      `All ${refused.count} calls of batch ${batch.id} were refused in the same words: ${refused.message}. They stay pending; fix this and run the same command again.`,
    );
    works.closed.add(batch.endpoint);
  }
  const missing = restOf(batch, works);
  const sentence = odditiesSentence(batch, { ...sorter.oddities, missing });
  if (sentence !== null) works.tell('warning', sentence);
  return sorter.refusal();
}

/** Calls of which the files say nothing were not made: they are planned again. */
function restOf(batch: TrackedBatch, { store }: BatchWorks): readonly string[] {
  const { status } = batch.facts;
  const fate = status === 'expired' || status === 'cancelled' ? status : 'absent';
  const rest = store.unread(batch.id);
  for (let from = 0; from < rest.length; from += CHUNK) {
    const results = rest.slice(from, from + CHUNK).flatMap((key): LineResult[] => {
      const call = store.call(batch.id, key);
      if (call === null) return [];
      const { role, position } = call;
      return [{ key, role, position, fate, usage: null, ended: null }];
    });
    store.record(batch.id, results);
  }
  return fate === 'absent' ? rest : [];
}

function odditiesSentence(
  { id }: TrackedBatch,
  { doubled, unknown, unreadable, missing }: Oddities & { readonly missing: readonly string[] },
): string | null {
  const list = (what: string, keys: readonly string[]) =>
    keys.length === 0
      ? []
      : [
          `${keys.length} ${what} (${keys
            .slice(0, NAMED)
            .map((key) => key.slice(0, 12))
            .join(', ')}${keys.length > NAMED ? ' …' : ''})`,
        ];
  const parts = [
    ...list('with an id that is none of its own', unknown),
    ...list('more than once', doubled),
    ...list('absent', missing),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
  ];
  if (parts.length === 0) return null;
  const rest = missing.length > 0 ? ' Calls without a readable line stay pending.' : '';
  return `Lines of batch ${id}: ${parts.join(', ')}.${rest}`;
}
