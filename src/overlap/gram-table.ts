import { pick } from '../stats/at.ts';

/** Characters of a gram. */
export const GRAM = 8;

/** Odd, so that no position of a gram is lost modulo 2^32. */
const BASE = 0x01000193;
/** BASE^GRAM modulo 2^32. */
const LEAVING = Array.from({ length: GRAM }).reduce<number>((power) => Math.imul(power, BASE), 1);
/** Slots per gram of the filter that most grams of a foreign text stop at, and of the table. */
const FILTER_BITS = 16;
const TABLE_SLOTS = 4;

/** Gives each 8-gram of a folded text as a 32-bit hash, in order (Rabin–Karp). */
export function hashGrams(units: Uint16Array, length: number, give: (hash: number) => void): void {
  let hash = 0;
  for (let at = 0; at < length; at += 1) {
    hash = (Math.imul(hash, BASE) + (units[at] ?? 0)) | 0;
    if (at >= GRAM) hash = (hash - Math.imul(units[at - GRAM] ?? 0, LEAVING)) | 0;
    if (at >= GRAM - 1) give(hash);
  }
}

/** Which texts have a gram, by the gram's hash. */
export interface GramTable {
  /** Distinct hashes. */
  readonly size: number;
  /** The gram's number; -1 for one that no text has. */
  find(hash: number): number;
  /** Positions of the texts that have it. */
  holders(gram: number): readonly number[];
}

export function createGramTable(texts: readonly ReadonlySet<string>[]): GramTable {
  const holders = new Map<number, number[]>();
  const units = new Uint16Array(GRAM);
  for (const [position, grams] of texts.entries()) {
    for (const gram of grams) {
      for (let at = 0; at < GRAM; at += 1) units[at] = gram.charCodeAt(at);
      hashGrams(units, GRAM, (hash) => {
        const known = holders.get(hash);
        if (known === undefined) holders.set(hash, [position]);
        // Two grams of one text with one hash count once, as they will when they are looked up.
        else if (known.at(-1) !== position) known.push(position);
      });
    }
  }
  const lists = [...holders.values()];
  const slots = openSlots([...holders.keys()]);
  return { size: lists.length, find: slots, holders: (gram) => pick(lists, gram) };
}

/** Open addressing with a bit filter before it: nearly every gram of a foreign text ends at one bit. */
function openSlots(hashes: readonly number[]): (hash: number) => number {
  const filterMask = powerOfTwo(FILTER_BITS * hashes.length) - 1;
  const filter = new Uint32Array((filterMask >>> 5) + 1);
  const mask = powerOfTwo(TABLE_SLOTS * hashes.length) - 1;
  const keys = new Int32Array(mask + 1);
  const grams = new Int32Array(mask + 1).fill(-1);
  for (const [gram, hash] of hashes.entries()) {
    const mixed = mix(hash);
    const bit = mixed & filterMask;
    filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    let slot = mixed & mask;
    while (grams[slot] !== -1) slot = (slot + 1) & mask;
    keys[slot] = hash;
    grams[slot] = gram;
  }
  return (hash) => {
    const mixed = mix(hash);
    const bit = mixed & filterMask;
    if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return -1;
    let slot = mixed & mask;
    while (grams[slot] !== -1) {
      if (keys[slot] === hash) return grams[slot] ?? -1;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(64, least)));
}

/** Spreads the low bits, which a sum of products leaves poor (the finaliser of MurmurHash3). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
