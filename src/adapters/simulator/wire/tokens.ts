/**
 * Token estimate of the simulator, in quarters of a token so that sums stay exact: one token for
 * every Han, kana or Hangul character, a quarter for every other code point. Real tokenizers differ
 * by tens of percent; what matters here is that the figure is plausible and never changes.
 */
function quarters(codePoint: number): number {
  const wide =
    (codePoint >= 0x3040 && codePoint <= 0x30ff) ||
    (codePoint >= 0x3400 && codePoint <= 0x9fff) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7af) ||
    codePoint >= 0x20000;
  return wide ? 4 : 1;
}

/** Estimated tokens of a text, rounded up. */
export function countTokens(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    sum += quarters(codePoint);
  }
  return Math.ceil(sum / 4);
}

/** The longest beginning of the text within `limit` tokens, never cut inside a code point. */
export function truncateTokens(text: string, limit: number): string {
  let left = limit * 4;
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    left -= quarters(codePoint);
    if (left < 0) return text.slice(0, at);
    if (codePoint > 0xffff) at++;
  }
  return text;
}
