import { pick } from '../stats/at.ts';
import { comparableText, createTextFolder } from './comparable-text.ts';
import { createGramTable, GRAM, type GramTable, hashGrams } from './gram-table.ts';

/** How much of a known text another text holds. */
export interface Overlap {
  /** Position of the known text. */
  readonly known: number;
  /**
   * Share of the known text's distinct 8-grams of characters that the other text has too; 1 also
   * where a text too short for 8-grams is the whole of the other text.
   */
  readonly share: number;
  /** The two are the same after folding. */
  readonly exact: boolean;
}

export interface OverlapIndex {
  /** The known texts that a text holds at least `least` of, in their order. */
  find(text: string, least: number): Overlap[];
}

/**
 * An index of known texts, to look others up in: exact after folding (`comparableText`), then by the
 * share of 8-grams of characters held (containment). Windows of words would find nothing in Chinese
 * and Japanese, whose questions have fewer than thirteen. Texts under eight characters are found
 * exactly only. Memory grows with the known texts alone.
 */
export function createOverlapIndex(texts: readonly string[]): OverlapIndex {
  const folder = createTextFolder();
  const known = texts.map((text) => comparableText(text, folder));
  const exact = Map.groupBy(known.keys(), (position) => pick(known, position));
  const grams = known.map(distinctGrams);
  const table = createGramTable(grams);
  const tally = createTally(table, known.length);
  return {
    find(text, least) {
      const { units, length } = folder.fold(text);
      if (length === 0) return [];
      if (length < GRAM) return sameAs(exact, comparableText(text, folder));
      const touched = tally.count(units, length);
      const likely = touched.filter(
        (position) => tally.of(position) >= least * pick(grams, position).size,
      );
      if (likely.length === 0) return [];
      const comparable = comparableText(text, folder);
      return likely
        .map((position) => ({
          known: position,
          // Hashes may collide: what counts are the grams themselves.
          share: shareHeld(pick(grams, position), comparable),
          exact: pick(known, position) === comparable,
        }))
        .filter(({ share }) => share >= least)
        .sort((a, b) => a.known - b.known);
    },
  };
}

function sameAs(exact: ReadonlyMap<string, readonly number[]>, comparable: string): Overlap[] {
  return (exact.get(comparable) ?? []).map((known) => ({ known, share: 1, exact: true }));
}

/** Every run of eight characters of a folded text. */
export function distinctGrams(comparable: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (let from = 0; from + GRAM <= comparable.length; from += 1)
    grams.add(comparable.slice(from, from + GRAM));
  return grams;
}

/** The share of one known text that another holds; null where it is too short to have an 8-gram. */
export function containment(known: string, text: string): number | null {
  const grams = distinctGrams(comparableText(known));
  return grams.size === 0 ? null : shareHeld(grams, comparableText(text));
}

function shareHeld(grams: ReadonlySet<string>, comparable: string): number {
  let held = 0;
  for (const gram of grams) held += Number(comparable.includes(gram));
  return held / grams.size;
}

/** Counts, for one text at a time, how many distinct grams of each known text it has. */
function createTally(table: GramTable, texts: number) {
  const counts = new Int32Array(texts);
  const gramSeen = new Int32Array(table.size);
  let touched: number[] = [];
  let serial = 0;
  function note(gram: number): void {
    if (gramSeen[gram] === serial) return;
    gramSeen[gram] = serial;
    for (const text of table.holders(gram)) {
      const count = counts[text] ?? 0;
      if (count === 0) touched.push(text);
      counts[text] = count + 1;
    }
  }
  return {
    of: (text: number): number => counts[text] ?? 0,
    count(units: Uint16Array, length: number): readonly number[] {
      for (const text of touched) counts[text] = 0;
      touched = [];
      serial += 1;
      hashGrams(units, length, (hash) => {
        const gram = table.find(hash);
        if (gram >= 0) note(gram);
      });
      return touched;
    },
  };
}
