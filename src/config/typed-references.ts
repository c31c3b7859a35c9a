import type { Expanded } from './environment.ts';
import { type IssuePath, isRecord, valueAt } from './issue-path.ts';
import { typesAt } from './known-keys.ts';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const NUMERIC = ['number', 'int', 'bigint'];

/**
 * Variables hold text. A string that was one reference and nothing else serves where the schema wants
 * a number or a boolean, and where it takes anything, as if its value had been written in its place.
 */
export function withTypedReferences({ value, references }: Expanded, schema: unknown): unknown {
  return references.reduce((whole, path) => {
    const text = valueAt(whole, path);
    if (typeof text !== 'string') return whole;
    const typed = readAs(text.trim(), typesAt({ schema, value: whole }, path));
    return typed === null ? whole : replaced(whole, path, typed);
  }, value);
}

function readAs(text: string, types: ReadonlySet<string>): number | boolean | null {
  const anything = types.has('lazy') || types.has('unknown');
  if (types.has('string') && !anything) return null;
  const flag = types.has('boolean') || anything;
  if (flag && (text === 'true' || text === 'false')) return text === 'true';
  const number = NUMERIC.some((type) => types.has(type)) || anything;
  return number && NUMBER.test(text) ? Number(text) : null;
}

function replaced(value: unknown, path: IssuePath, leaf: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === step ? replaced(entry, rest, leaf) : entry));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === step ? replaced(entry, rest, leaf) : entry,
    ]),
  );
}
