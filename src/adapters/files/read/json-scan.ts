/** What the scan of a JSON text finds, in the order of the text. Offsets count UTF-16 code units. */
export type JsonPart =
  /** One element of the array, or member of the object, at the path; `end` exclusive. */
  | {
      readonly kind: 'element';
      readonly start: number;
      readonly end: number;
      readonly key?: string;
    }
  /** Where the text stops being JSON; always the last part. */
  | { readonly kind: 'error'; readonly offset: number; readonly message: string };

/** What may follow, as first characters of tokens; `0` stands for numbers, true, false, null and NaN. */
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
  /[ \t\n\r]*(?:("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN)(?![\w.]))|([{}[\],:]))/y;
const WHITE_SPACE = /[ \t\n\r]*/y;
const FOUND = /[\w.+-]{1,20}|./suy;

/** An array or object that the scan is inside of. */
interface Container {
  readonly closer: '}' | ']';
  /** How many steps of the path lead to it; -1 where they lead elsewhere. */
  readonly depth: number;
  /** The member or element that the scan is at. */
  key: string;
  index: number;
}

/**
 * Walks a JSON text (RFC 8259) token by token and gives the elements of the container at a path, by
 * default of the outermost array. JSON.parse alone says neither where the elements of an array begin
 * nor, for many errors, where the error is. NaN is let through, since Python writes it.
 */
export function* scanJson(text: string, path?: readonly string[]): Generator<JsonPart> {
  const scan: Scan = { stack: [], path: path ?? [], lists: path === undefined };
  let state: State = 'value';
  let offset = 0;
  let start = 0;
  for (;;) {
    const token = readToken(text, offset);
    if (token === null || !states[state].accepts.includes(token.kind)) break;
    if (entersElement(scan, state, { text, token })) start = token.start;
    state = nextState(state, token.kind, scan);
    offset = token.end;
    if (state === 'after-element' || state === 'after-member')
      yield* finishedElement(scan, start, offset);
  }
  const fault = skip(WHITE_SPACE, text, offset);
  if (state === 'end' && fault === text.length) return;
  const message = `expected ${states[state].expected}, found ${describe(text, fault)}`;
  yield { kind: 'error', offset: fault, message };
}

function* finishedElement(scan: Scan, start: number, end: number): Generator<JsonPart> {
  const target = targetOf(scan);
  if (target === null) return;
  const key = target.closer === '}' ? { key: target.key } : {};
  yield { kind: 'element', start, end, ...key };
}

/** Whether an element to be given begins with the token; notes a name that is one. */
function entersElement(
  scan: Scan,
  state: State,
  { text, token }: { readonly text: string; readonly token: Token },
): boolean {
  if (state === 'key' || state === 'first-key') {
    nameMember(scan, text, token);
    return false;
  }
  return states.value.accepts.includes(token.kind) && enterValue(scan);
}

interface Scan {
  readonly stack: Container[];
  readonly path: readonly string[];
  /** Without a path only an array's elements are given. */
  readonly lists: boolean;
}

/** The container that the scan is directly in, if it is the one whose elements are wanted. */
function targetOf({ stack, path, lists }: Scan): Container | null {
  const container = stack.at(-1);
  if (container?.depth !== path.length || (lists && container.closer === '}')) return null;
  return container;
}

/** Whether the value that begins is an element to be given. */
function enterValue(scan: Scan): boolean {
  const container = scan.stack.at(-1);
  if (container?.closer === ']') {
    container.index += 1;
    container.key = String(container.index);
  }
  return targetOf(scan) !== null;
}

/** Keys matter on the way to the path's end, and there. */
function nameMember({ stack }: Scan, text: string, { kind, start, end }: Token): void {
  const container = stack.at(-1);
  if (kind !== '"' || container === undefined || container.depth < 0) return;
  const name: unknown = JSON.parse(text.slice(start, end));
  container.key = String(name);
}

function depthIn(parent: Container, path: readonly string[]): number {
  return parent.depth >= 0 && parent.key === path[parent.depth] ? parent.depth + 1 : -1;
}

function openContainer({ stack, path }: Scan, closer: Container['closer']): void {
  const parent = stack.at(-1);
  stack.push({
    closer,
    depth: parent === undefined ? 0 : depthIn(parent, path),
    key: '',
    index: -1,
  });
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

/** Updates the stack of containers and says what may follow the token. */
function nextState(state: State, kind: string, scan: Scan): State {
  const { stack } = scan;
  switch (kind) {
    case '{':
      openContainer(scan, '}');
      return 'first-key';
    case '[':
      openContainer(scan, ']');
      return 'first-value';
    case ',':
      return stack.at(-1)?.closer === '}' ? 'key' : 'value';
    case ':':
      return 'value';
    case '"':
      if (state === 'key' || state === 'first-key') return 'colon';
      break;
    case '}':
    case ']':
      stack.pop();
      break;
  }
  if (stack.length === 0) return 'end';
  return stack.at(-1)?.closer === '}' ? 'after-member' : 'after-element';
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
