import { comparableOrigins, comparableText } from './comparable-text.ts';
import { GRAM } from './gram-table.ts';
import { distinctGrams } from './overlap-index.ts';

/** Code units of a passage; a text that is no longer is shown whole. */
const LONGEST = 200;
/** What is shown before the first match. */
const BEFORE = 20;

/** The passage of a text that holds most of a known text's 8-grams, as one line in NFKC. */
export function matchingPassage(text: string, known: string): string {
  const normal = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (normal.length <= LONGEST) return normal;
  const grams = distinctGrams(comparableText(known));
  const comparable = comparableText(normal);
  const origins = comparableOrigins(normal);
  const hits = origins.filter((_, at) => grams.has(comparable.slice(at, at + GRAM)));
  const from = Math.max(0, densest(hits) - BEFORE);
  const to = Math.min(normal.length, from + LONGEST);
  const passage = normal.slice(from, to).toWellFormed();
  return `${from > 0 ? '…' : ''}${passage}${to < normal.length ? '…' : ''}`;
}

/** The position from which a passage holds the most hits. */
function densest(hits: readonly number[]): number {
  let [best, most, last] = [0, 0, 0];
  for (const [first, start] of hits.entries()) {
    while (last < hits.length && (hits[last] ?? 0) < start + LONGEST - BEFORE) last += 1;
    if (last - first > most) [best, most] = [start, last - first];
  }
  return best;
}
