/** A parsed JSON value as a record's fields; null for anything but an object. */
export function asFields(value: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names the kind of a parsed JSON value in an error message: `an array`, `a string`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Strings, which may hold the word, and NaN, which Python writes where JSON has null. */
const STRING_OR_NAN = /"(?:[^"\\]|\\.)*"|NaN/gs;

/** JSON.parse that takes NaN for null. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError && text.includes('NaN'))) throw error;
    return JSON.parse(text.replace(STRING_OR_NAN, (part) => (part === 'NaN' ? 'null' : part)));
  }
}
