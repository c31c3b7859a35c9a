/** What the scan of a JSON text finds, in the order of the text. Offsets count UTF-16 code units. */
export type JsonPart =
  /** One element of the outermost array, `end` exclusive. */
  | { readonly kind: 'element'; readonly start: number; readonly end: number }
  /** Where the text stops being JSON; always the last part. */
  | { readonly kind: 'error'; readonly offset: number; readonly message: string };

/** What may follow, as first characters of tokens; `0` stands for numbers, true, false and null. */
const states = {
  value: { accepts: '"0{[', expected: 'a value' },
  'first-value': { accepts: '"0{[]', expected: 'a value or ]' },
  key: { accepts: '"', expected: 'a name in double quotes' },
  'first-key': { accepts: '"}', expected: 'a name in double quotes or }' },
  colon: { accepts: ':', expected: 'a : after the name' },
  'after-element': { accepts: ',]', expected: 'a comma or ]' },
  'after-member': { accepts: ',}', expected: 'a comma or }' },
  end: { accepts: '', expected: 'the end of the text' },
} as const satisfies Record<string, { accepts: string; expected: string }>;
type State = keyof typeof states;

/** One token after white space: group 1 a string, group 2 a number or word, group 3 punctuation. */
const TOKEN =
  /[ \t\n\r]*(?:("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))|([{}[\],:]))/y;
const WHITE_SPACE = /[ \t\n\r]*/y;
const FOUND = /[\w.+-]{1,20}|./suy;

/**
 * Walks a JSON text (RFC 8259) token by token. JSON.parse alone says neither where the elements of an
 * array begin nor, for many errors, where the error is.
 */
export function* scanJson(text: string): Generator<JsonPart> {
  const closers: string[] = [];
  let state: State = 'value';
  let offset = 0;
  let elementStart = 0;
  for (;;) {
    const token = readToken(text, offset);
    if (token === null || !states[state].accepts.includes(token.kind)) break;
    if (closers.length === 1 && states.value.accepts.includes(token.kind))
      elementStart = token.start;
    state = nextState(state, token.kind, closers);
    offset = token.end;
    if (state === 'after-element' && closers.length === 1) {
      yield { kind: 'element', start: elementStart, end: offset };
    }
  }
  const fault = skip(WHITE_SPACE, text, offset);
  if (state === 'end' && fault === text.length) return;
  const message = `expected ${states[state].expected}, found ${describe(text, fault)}`;
  yield { kind: 'error', offset: fault, message };
}

/** The first place where the text is not JSON, or null. */
export function findJsonFault(text: string): Extract<JsonPart, { kind: 'error' }> | null {
  for (const part of scanJson(text)) {
    if (part.kind === 'error') return part;
  }
  return null;
}

interface Token {
  /** Its first character; `0` for every number and word. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

function readToken(text: string, offset: number): Token | null {
  TOKEN.lastIndex = offset;
  const match = TOKEN.exec(text);
  if (match === null) return null;
  const [whole, string, word, bracket] = match;
  const token = string ?? word ?? bracket ?? '';
  const end = offset + whole.length;
  const kind = word === undefined ? token.slice(0, 1) : '0';
  return { kind, start: end - token.length, end };
}

/** Updates the stack of closing brackets still to come and says what may follow the token. */
function nextState(state: State, kind: string, closers: string[]): State {
  switch (kind) {
    case '{':
      closers.push('}');
      return 'first-key';
    case '[':
      closers.push(']');
      return 'first-value';
    case ',':
      return closers.at(-1) === '}' ? 'key' : 'value';
    case ':':
      return 'value';
    case '"':
      if (state === 'key' || state === 'first-key') return 'colon';
      break;
    case '}':
    case ']':
      closers.pop();
      break;
  }
  if (closers.length === 0) return 'end';
  return closers.at(-1) === '}' ? 'after-member' : 'after-element';
}

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(text)?.[0].length ?? 0);
}

function describe(text: string, offset: number): string {
  if (offset === text.length) return 'the end of the text';
  if (text[offset] === '"') {
    return readToken(text, offset) === null
      ? 'a string that is not closed, or holds a bad escape or a raw line break'
      : 'a string';
  }
  return `\`${text.slice(offset, skip(FOUND, text, offset))}\``;
}
