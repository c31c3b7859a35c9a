const DIGIT = /\p{Nd}/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A number as people type it into a table: digits of any script, a decimal point or comma. Null for
 * anything else, also for what may be a thousand or a fraction (1,000).
 */
export function parseNumber(text: string): number | null {
  const digits = [...text.normalize('NFKC').trim()].map(asciiDigit).join('');
  const written = digits.replaceAll('\u066B', ',');
  if (/,\d{3}$/.test(written)) return null;
  const plain = written.includes('.') ? written : written.replace(',', '.');
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** Unicode puts the ten digits of a script next to each other, 0 first. */
function asciiDigit(character: string): string {
  if (!DIGIT.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return String(code - zero);
}
