/** Scripts that decide between families of languages, with how much of a word one letter is. */
const SCRIPTS = [
  ['Hira', /\p{Script=Hiragana}/gu],
  ['Kana', /\p{Script=Katakana}/gu],
  ['Hani', /\p{Script=Han}/gu],
  ['Kore', /\p{Script=Hangul}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Deva', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Hebr', /\p{Script=Hebrew}/gu],
  ['Beng', /\p{Script=Bengali}/gu],
  ['Taml', /\p{Script=Tamil}/gu],
  ['Telu', /\p{Script=Telugu}/gu],
  ['Gujr', /\p{Script=Gujarati}/gu],
  ['Knda', /\p{Script=Kannada}/gu],
  ['Mlym', /\p{Script=Malayalam}/gu],
  ['Guru', /\p{Script=Gurmukhi}/gu],
  ['Geor', /\p{Script=Georgian}/gu],
  ['Armn', /\p{Script=Armenian}/gu],
  ['Ethi', /\p{Script=Ethiopic}/gu],
] as const;
/** Here names begin with a capital: only words without one are counted. */
const CASED = [
  ['Latn', /^\p{Script=Latin}+$/u],
  ['Cyrl', /^\p{Script=Cyrillic}+$/u],
  ['Grek', /^\p{Script=Greek}+$/u],
] as const;
const WORD = /[\p{L}\p{M}\p{N}_'’-]+/gu;
const LOWER_CASE = /^[\p{Ll}\p{M}'’-]+$/u;

export type Script = (typeof SCRIPTS)[number][0] | (typeof CASED)[number][0];

/** Letters of each script; of cased ones those in words without a capital, which no name is. */
export interface ScriptCounts {
  readonly letters: ReadonlyMap<Script, number>;
  /** Different words behind the letters of a cased script. */
  readonly words: ReadonlyMap<Script, number>;
}

export function countScripts(text: string): ScriptCounts {
  const letters = new Map<Script, number>(
    SCRIPTS.map(([script, letter]) => [script, text.match(letter)?.length ?? 0]),
  );
  const lower = (text.match(WORD) ?? []).filter((word) => LOWER_CASE.test(word));
  const words = new Map<Script, number>();
  for (const [script, inScript] of CASED) {
    const own = lower.filter((word) => inScript.test(word.replace(/[\p{M}'’-]/gu, '')));
    letters.set(
      script,
      own.reduce((sum, word) => sum + word.length, 0),
    );
    words.set(script, new Set(own).size);
  }
  return { letters, words };
}
