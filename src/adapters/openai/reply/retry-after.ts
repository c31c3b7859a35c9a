import { headerValue, type WireHeaders } from './exchange.ts';

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
/** `retry after 45 seconds` (Azure), `Try again in 2 seconds`, `try again in 1m12.5s` (OpenAI). */
const WISH = /(?:retry after|try again in)\s+((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)/i;
const PART = /(\d+(?:\.\d+)?)\s*([a-z]+)/gi;

/**
 * How long the server wants the caller to wait, in ms: `retry-after-ms`, `retry-after` (seconds or
 * an HTTP date), the sentence in its message, or the reset that Azure sent alone in 2023. Null where it says nothing usable: zero, negative
 * and unreadable values have been seen and mean nothing.
 */
export function retryAfterMs(headers: WireHeaders, message: string, now: number): number | null {
  return (
    positive(headerValue(headers, 'retry-after-ms')) ??
    secondsOrDate(headerValue(headers, 'retry-after'), now) ??
    fromSentence(message) ??
    secondsOrDate(headerValue(headers, 'x-rate-limit-reset-tokens'), now)
  );
}

function positive(text: string | undefined): number | null {
  if (text === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return null;
  const value = Number(text);
  return value > 0 && Number.isFinite(value) ? value : null;
}

function secondsOrDate(text: string | undefined, now: number): number | null {
  const seconds = positive(text);
  if (seconds !== null) return seconds * 1000;
  if (text === undefined || !/GMT\s*$/.test(text)) return null;
  const wait = Date.parse(text) - now;
  return wait > 0 ? wait : null;
}

function fromSentence(message: string): number | null {
  const wish = WISH.exec(message)?.[1];
  if (wish === undefined) return null;
  let total = 0;
  for (const [, amount, unit] of wish.matchAll(PART)) total += Number(amount) * unitMs(unit);
  return total > 0 ? total : null;
}

function unitMs(unit: string | undefined): number {
  const name = (unit ?? '').toLowerCase();
  return UNIT_MS[/^(?:ms|milli)/.test(name) ? 'ms' : name.charAt(0)] ?? 0;
}
