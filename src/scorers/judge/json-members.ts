/** A member of a JSON object, with where it stands: UTF-16 offsets, ends exclusive. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Strings, brackets, colons and commas; all else belongs to numbers and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gsu;

/**
 * The members of an object itself, in their order and each as often as it is written: JSON.parse
 * gives the last of equal keys and no places. `source` must be a valid JSON object.
 */
export function topLevelMembers(source: string): JsonMember[] {
  const tokens = nestedTokens(source);
  // Every member has one colon and one end, in the same order.
  const ends = tokens.filter(({ sign, depth }) =>
    sign === ',' ? depth === 1 : sign === '}' && depth === 0,
  );
  const keys = tokens.filter((_token, place) => isColon(tokens[place + 1]));
  const colons = tokens.filter(isColon);
  return keys.map((key, member) => {
    const from = (colons[member]?.index ?? 0) + 1;
    const written = source.slice(from, ends[member]?.index);
    const valueStart = from + written.length - written.trimStart().length;
    const valueEnd = valueStart + written.trim().length;
    return { key: String(JSON.parse(key.sign)), keyStart: key.index, valueStart, valueEnd };
  });
}

interface NestedToken {
  readonly sign: string;
  readonly index: number;
  /** Of brackets, that of what they stand in: 0 for the object's own. */
  readonly depth: number;
}

const isColon = (token: NestedToken | undefined) => token?.sign === ':' && token.depth === 1;

function nestedTokens(source: string): NestedToken[] {
  let depth = 0;
  return Array.from(source.matchAll(TOKEN), ({ 0: sign, index }) => {
    if (sign === '}' || sign === ']') depth -= 1;
    const token = { sign, index, depth };
    if (sign === '{' || sign === '[') depth += 1;
    return token;
  });
}
