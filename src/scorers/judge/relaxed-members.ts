import type { JsonMember } from './json-members.ts';

/** JSON with what models write in its place: single quotes, bare keys, words of Python. */
const TOKEN = /\s+|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([{}[\]:,])|([^\s"'{}[\]:,]+)/gsuy;
const OPENING: ReadonlyMap<string, string> = new Map([
  ['}', '{'],
  [']', '['],
]);

interface Token {
  readonly kind: 'text' | 'sign' | 'word';
  readonly sign: string;
  readonly index: number;
}

interface NestedToken extends Token {
  /** Of brackets, that of what they stand in: 0 for the object's own. */
  readonly depth: number;
}

/**
 * The members of what is nearly a JSON object: keys and texts in single quotes or none, line ends within
 * texts, a comma behind the last member. null where quotes, brackets, colons and commas do not make one
 * object. Takes time linear in the source, however deep it is nested.
 */
export function relaxedMembers(source: string): JsonMember[] | null {
  const tokens = nested(tokensOf(source));
  const close = tokens.length - 1;
  if (tokens[0]?.sign !== '{' || tokens[close]?.depth !== 0) return null;
  const members: JsonMember[] = [];
  for (let at = 1; at < close; ) {
    const end = endOfMember(tokens, at);
    const [key, first, last] = [tokens[at], tokens[at + 2], tokens[end - 1]];
    const closed = end === close || tokens[end]?.sign === ',';
    if (end === at || !closed || !key || !first || !last) return null;
    members.push({
      key: key.kind === 'text' ? key.sign.slice(1, -1) : key.sign,
      keyStart: key.index,
      valueStart: first.index,
      valueEnd: last.index + last.sign.length,
    });
    at = end + 1;
  }
  return members;
}

/** Empty where something is no token, such as an open quote. */
function tokensOf(source: string): Token[] {
  let read = 0;
  const tokens = Array.from(
    source.matchAll(TOKEN),
    ({ 0: sign, 1: text, 2: mark, index }): Token => {
      read = index + sign.length;
      if (text !== undefined) return { kind: 'text', sign, index };
      return { kind: mark === undefined ? 'word' : 'sign', sign, index };
    },
  );
  return read < source.length ? [] : tokens.filter(({ sign }) => sign.trim() !== '');
}

/** Empty where brackets do not match. */
function nested(tokens: readonly Token[]): NestedToken[] {
  const open: string[] = [];
  const placed: NestedToken[] = [];
  for (const token of tokens) {
    const { kind, sign } = token;
    const opening = kind === 'sign' ? OPENING.get(sign) : undefined;
    if (opening !== undefined && open.pop() !== opening) return [];
    placed.push({ ...token, depth: open.length });
    if (kind === 'sign' && (sign === '{' || sign === '[')) open.push(sign);
  }
  return open.length === 0 ? placed : [];
}

/** The place behind a key, a colon and one value; `at` itself where there is none. */
function endOfMember(tokens: readonly NestedToken[], at: number): number {
  const [key, colon, value] = tokens.slice(at, at + 3);
  if (key?.kind === 'sign' || colon?.sign !== ':' || value === undefined) return at;
  if (value.kind !== 'sign') return at + 3;
  if (value.sign !== '{' && value.sign !== '[') return at;
  for (let end = at + 3; end < tokens.length; end += 1) {
    if (tokens[end]?.depth === value.depth) return end + 1;
  }
  return at;
}
