/** Code units as texts are compared: folded, and 0 for those that do not count. */
let folds: Uint16Array | null = null;

/** Arabic vowel signs and the stretching stroke are written or left out at will. */
const ARABIC_OPTIONAL = /[\u0640\u064b-\u065f\u0670]/;
const NOT_COMPARED = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\s]/u;

function foldTable(): Uint16Array {
  if (folds !== null) return folds;
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit += 1) {
    const character = String.fromCharCode(unit);
    const lower = character.toLowerCase();
    const dropped = NOT_COMPARED.test(character) || ARABIC_OPTIONAL.test(character);
    table[unit] = dropped ? 0 : lower.charCodeAt(0);
  }
  folds = table;
  return table;
}

/** Folded code units in a buffer that the next text overwrites. */
export interface ComparableUnits {
  readonly units: Uint16Array;
  readonly length: number;
}

export interface TextFolder {
  fold(text: string): ComparableUnits;
}

/**
 * Folds texts for comparison: NFKC, lower case, without punctuation, symbols, white space, invisible
 * characters, Arabic vowel signs and tatweel. One buffer serves all texts, so that a stream of
 * millions leaves nothing behind.
 */
export function createTextFolder(): TextFolder {
  const table = foldTable();
  let units = new Uint16Array(1024);
  return {
    fold(text) {
      const normal = text.normalize('NFKC');
      if (normal.length > units.length) units = new Uint16Array(2 * normal.length);
      let length = 0;
      for (let at = 0; at < normal.length; at += 1) {
        const unit = table[normal.charCodeAt(at)] ?? 0;
        if (unit === 0) continue;
        units[length] = unit;
        length += 1;
      }
      return { units, length };
    },
  };
}

const DECODED_AT_ONCE = 8192;

/** The folded text as a string: two texts with the same one say the same. */
export function comparableText(text: string, folder: TextFolder = createTextFolder()): string {
  const { units, length } = folder.fold(text);
  let comparable = '';
  for (let from = 0; from < length; from += DECODED_AT_ONCE)
    comparable += String.fromCharCode(
      ...units.subarray(from, Math.min(length, from + DECODED_AT_ONCE)),
    );
  return comparable;
}

/** For each code unit of a text's folded form, where it is in the text. The text is in NFKC. */
export function comparableOrigins(text: string): number[] {
  const table = foldTable();
  const origins: number[] = [];
  for (let at = 0; at < text.length; at += 1)
    if ((table[text.charCodeAt(at)] ?? 0) !== 0) origins.push(at);
  return origins;
}
