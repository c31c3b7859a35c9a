/** Takes keys and tokens out of texts that a person or the store may see. */
export interface Redactor {
  /** Adds a secret; the same one twice is one. */
  learn(secret: string): void;
  redact(text: string): string;
  /**
   * The same for what a model wrote, where a short secret ("EMPTY", "x") is a word like any other: it
   * goes only where an Authorization header stands before it.
   */
  redactAnswer(text: string): string;
}

const MARK = '[redacted]';
/** A key this short is a word ("EMPTY", "x"): only whole occurrences go, or messages become unreadable. */
const WORD_LENGTH = 8;
/** Tokens are renewed hourly; the replies that still echo an older one are recent. */
const REMEMBERED = 16;

interface Secret {
  /** Spellings that are the secret wherever they stand, the longest first. */
  readonly forms: readonly string[];
  /** Whole words only; null for a secret that is long enough to be none. */
  readonly word: RegExp | null;
  /** What is in its base64 whatever stands before and behind it. */
  readonly base64: readonly string[];
}

export function createRedactor(): Redactor {
  const secrets = new Map<string, Secret>();
  const clean = (text: string, wordsToo: boolean) => {
    let left = text;
    for (const secret of secrets.values()) left = withoutSecret(left, secret, wordsToo);
    return left;
  };
  return {
    learn(secret) {
      if (secret === '' || secrets.has(secret)) return;
      secrets.set(secret, recognized(secret));
      const [oldest] = secrets.keys();
      if (secrets.size > REMEMBERED && oldest !== undefined) secrets.delete(oldest);
    },
    redact: (text) => clean(text, true),
    redactAnswer: (text) => clean(text, false),
  };
}

function recognized(secret: string): Secret {
  const spelled = spellings(secret);
  if (secret.length >= WORD_LENGTH) {
    return { forms: longestFirst(spelled), word: null, base64: base64Cores(secret) };
  }
  const source = longestFirst(spelled).map(escaped).join('|');
  return {
    forms: [],
    word: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu'),
    base64: base64Cores(`Bearer ${secret}`),
  };
}

function spellings(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
    secret.replace(/[&<>"]/g, (sign) => HTML[sign] ?? sign),
    Buffer.from(secret).toString('hex'),
  ];
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Base64 takes three bytes at a time, so a secret behind `Bearer ` or `user:` has another spelling for
 * each of three beginnings. Kept of each is what the secret alone decides; the rest of its run of
 * letters goes with it.
 */
function base64Cores(secret: string): string[] {
  const length = Buffer.byteLength(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.from(`${'\0'.repeat(before)}${secret}`).toString('base64');
    const core = encoded.slice(
      before === 0 ? 0 : before + 1,
      Math.floor(((before + length) * 8) / 6),
    );
    // Too short a core would be found in any text.
    if (core.length < WORD_LENGTH) return [];
    return [...new Set([core, core.replaceAll('+', '-').replaceAll('/', '_')])];
  });
}

function withoutSecret(text: string, { forms, word, base64 }: Secret, wordsToo: boolean): string {
  let left = text;
  for (const form of forms) if (left.includes(form)) left = left.replaceAll(form, MARK);
  for (const core of base64) if (left.includes(core)) left = withoutRuns(left, core);
  if (word === null) return left;
  return wordsToo
    ? left.replace(word, MARK)
    : left.replace(BEARER, (whole) => whole.replace(word, MARK));
}

const BEARER = /\bBearer\s\S{1,64}|\bapi-key["']?[:=]\s?["']?\S{1,64}/gi;

/** Takes out every run of base64 that holds the core. Walks the text once. */
function withoutRuns(text: string, core: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, from)) {
    let start = at;
    while (start > from && isBase64(text, start - 1)) start -= 1;
    let end = at + core.length;
    while (end < text.length && isBase64(text, end)) end += 1;
    kept.push(text.slice(from, start), MARK);
    from = end;
  }
  return kept.join('') + text.slice(from);
}

function isBase64(text: string, at: number): boolean {
  return /[A-Za-z0-9+/=_-]/.test(text.charAt(at));
}

function longestFirst(forms: readonly string[]): string[] {
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
