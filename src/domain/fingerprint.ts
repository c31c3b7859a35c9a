import { createHash } from 'node:crypto';
import type { Json } from './json.ts';

/** JSON with object keys in code-unit order, so that equal values give equal text on every machine. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of the canonical JSON, as 64 hex digits. */
export function fingerprint(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
