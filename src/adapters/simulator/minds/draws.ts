/**
 * Reproducible draws: the simulator has no state that an answer could depend on, so every draw is a
 * function of the words that identify it.
 */

/** 32-bit FNV-1a over UTF-16 code units, with MurmurHash3's finalizer for well-spread high bits. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) that depends on the words and their order. */
export function uniform(...words: readonly string[]): number {
  return hash32(words.join('\u0000')) / 0x1_0000_0000;
}

/** About standard normal, within ±3.5: four uniform draws, standardised (Irwin–Hall). */
export function normal(...words: readonly string[]): number {
  let sum = 0;
  for (const part of ['a', 'b', 'c', 'd']) sum += uniform(part, ...words);
  return (sum - 2) * Math.sqrt(3);
}

/** Draws a number in [0, 1). */
export type Draw = () => number;

/** A stream of uniform draws that starts from the hash of `key`. */
export function drawsFrom(key: string): Draw {
  const start = hash32(key);
  let step = 0;
  return () => hash32(String(step++), start) / 0x1_0000_0000;
}

/** The elements in a drawn order (Fisher–Yates). */
export function shuffled<T>(values: readonly T[], draw: Draw): T[] {
  const rest = [...values];
  const result: T[] = [];
  while (rest.length > 0) result.push(...rest.splice(Math.floor(draw() * rest.length), 1));
  return result;
}

/** One of the values. The list must not be empty. */
export function pick<T>(values: readonly [T, ...T[]], draw: Draw): T {
  return values[Math.floor(draw() * values.length)] ?? values[0];
}
