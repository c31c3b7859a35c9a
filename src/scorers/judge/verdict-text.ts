/** A stretch of the judge's text as it came: UTF-16 offsets, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

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

const DIGIT = /\p{Nd}/u;

/** What NFKC leaves apart although a reader takes it for the same sign; digits join as they are met. */
const SAME_SIGN = new Map([
  ['\u066b', '.'], // Arabic decimal separator
  ['\u2212', '-'], // minus sign
]);

/**
 * NFKC, ASCII digits for those of every script (Unicode Nd), and no invisible characters (zero-width, bidi controls, variation selectors).
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
  const known = SAME_SIGN.get(character);
  if (known !== undefined) return known;
  if (!DIGIT.test(character)) return character.normalize('NFKC');
  const digit = String(decimalDigit(character));
  SAME_SIGN.set(character, digit);
  return digit;
}

/**
 * Decimal digits stand in runs of ten from zero up (Unicode Standard, section 4.6); two runs may
 * touch, as in Myanmar Extended-C, so their number counts modulo ten.
 */
export function decimalDigit(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
