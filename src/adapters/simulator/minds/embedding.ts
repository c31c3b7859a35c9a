import { hash32 } from './draws.ts';

/** Lengths of the character runs that make up a text's vector. */
const RUNS = [1, 2, 3];

/**
 * A text as a unit vector of hashed character runs, signs included (feature hashing): texts that share
 * wording are near each other, in any script and without a model. Meaning it does not know.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float64Array(dimensions);
  const characters = [...` ${text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()} `];
  for (const run of RUNS) {
    for (let from = 0; from + run <= characters.length; from += 1) {
      const hash = hash32(characters.slice(from, from + run).join(''), run);
      const at = (hash >>> 1) % dimensions;
      // Longer runs are rarer and say more.
      vector[at] = (vector[at] ?? 0) + (hash % 2 === 0 ? run : -run);
    }
  }
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
