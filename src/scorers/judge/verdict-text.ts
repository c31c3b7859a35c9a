/** Text as a reader sees it, with the way back to what was written. Offsets are UTF-16 units. */
export interface PlainText {
  readonly text: string;
  /** For each unit of `text`, the offset in the original of the character it comes from. */
  readonly origins: readonly number[];
}

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\s]/u;
/** Every sign that a reader takes for an opening bracket, as `lookThrough` does. */
const BRACKET = /[[\uff3b\ufe47]/;

/** What NFKC leaves apart although a reader takes it for the same sign. */
const SAME_SIGN: ReadonlyMap<string, string> = new Map([
  ...digitsFrom(0x0660), // Arabic-Indic
  ...digitsFrom(0x06f0), // Eastern Arabic-Indic
  ['\u066b', '.'], // Arabic decimal separator
  ['\u2212', '-'], // minus sign
]);

/**
 * NFKC, ASCII digits and no invisible characters (zero-width, bidi controls, variation selectors).
 * Goes character by character, not over the whole text, so that every unit keeps its origin; the two
 * differ only where a combining mark follows its base, which no part of a rating has.
 */
export function lookThrough(original: string): PlainText {
  const parts: string[] = [];
  const origins: number[] = [];
  let offset = 0;
  for (const character of original) {
    const seen = plainCharacter(character);
    for (let unit = 0; unit < seen.length; unit++) origins.push(offset);
    parts.push(seen);
    offset += character.length;
  }
  return { text: parts.join(''), origins };
}

/** Whether plain text of this would have an opening bracket, without the work of making it. */
export function hasBracket(original: string): boolean {
  return BRACKET.test(original);
}

/** Whether a reader sees nothing. */
export function isBlank(original: string): boolean {
  return !VISIBLE.test(original);
}

function plainCharacter(character: string): string {
  if (character < '\u0080') return character;
  if (IGNORABLE.test(character)) return '';
  return SAME_SIGN.get(character) ?? character.normalize('NFKC');
}

function digitsFrom(zero: number): [string, string][] {
  return Array.from({ length: 10 }, (_, digit) => [
    String.fromCodePoint(zero + digit),
    String(digit),
  ]);
}
