/** Takes keys and tokens out of texts that a person or the store may see. */
export interface Redactor {
  /** Adds a secret; the same one twice is one. */
  learn(secret: string): void;
  redact(text: string): string;
}

const MARK = '[redacted]';
/** A key this short is a word ("EMPTY", "x"): only whole occurrences go, or messages become unreadable. */
const WORD_LENGTH = 8;
/** Tokens are renewed hourly; the replies that still echo an older one are recent. */
const REMEMBERED = 16;

export function createRedactor(): Redactor {
  const patterns = new Map<string, RegExp>();
  return {
    learn(secret) {
      if (secret === '' || patterns.has(secret)) return;
      patterns.set(secret, pattern(secret));
      const [oldest] = patterns.keys();
      if (patterns.size > REMEMBERED && oldest !== undefined) patterns.delete(oldest);
    },
    redact(text) {
      let clean = text;
      for (const secret of patterns.values()) clean = clean.replace(secret, MARK);
      return clean;
    },
  };
}

function pattern(secret: string): RegExp {
  const forms = new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]);
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const source = longestFirst.map(escaped).join('|');
  return secret.length < WORD_LENGTH
    ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu')
    : new RegExp(source, 'g');
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
