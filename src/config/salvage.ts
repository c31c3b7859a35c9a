import { type IssuePath, isRecord, startsWith } from './issue-path.ts';
import type { Complaint } from './issues.ts';
import { type RunConfig, remainderSchema } from './schema.ts';

/** What can be checked further of a config with mistakes, so that all of them are told at once. */
export interface Remainder {
  readonly config: RunConfig;
  /** The path as the file has it: entries that were left out do not shift those after them. */
  readonly originalPath: (path: IssuePath) => IssuePath;
  /** Top-level keys of which something is wrong or left out. */
  readonly flawed: ReadonlySet<string>;
}

const LISTS = ['items', 'models', 'prompting', 'judges', 'juries'];
/** An endpoint that cannot be read is still defined. */
const ANY_ENDPOINT = { kind: 'simulated' };

/**
 * Leaves out what is complained about: unknown keys alone, wrong list entries and rubrics as a
 * whole. null where too little remains.
 */
export function salvage(value: unknown, complaints: readonly Complaint[]): Remainder | null {
  if (!isRecord(value) || Array.isArray(value)) return null;
  const wrong = complaints.filter(({ kind }) => kind === 'wrong-value').map(({ path }) => path);
  const isWrong = (path: IssuePath) => wrong.some((place) => startsWith(place, path));
  const kept = new Map<string, readonly number[]>();
  const sections = Object.entries(withoutUnknownKeys(value, complaints)).flatMap(
    ([key, section]): [string, unknown][] => {
      if (Array.isArray(section) && LISTS.includes(key)) {
        const indices = [...section.keys()].filter((index) => !isWrong([key, index]));
        kept.set(key, indices);
        return [[key, indices.map((index): unknown => section[index])]];
      }
      if (isRecord(section) && (key === 'endpoints' || key === 'rubrics')) {
        return [[key, soundEntries(key, section, isWrong)]];
      }
      return isWrong([key]) ? [] : [[key, section]];
    },
  );
  const remainder = { ...STAND_INS, ...Object.fromEntries(sections) };
  const parsed = remainderSchema.safeParse(remainder);
  if (!parsed.success) return null;
  return {
    config: parsed.data,
    originalPath: ([key, index, ...rest]) => {
      if (key === undefined) return [];
      if (typeof index !== 'number') return index === undefined ? [key] : [key, index, ...rest];
      return [key, kept.get(String(key))?.[index] ?? index, ...rest];
    },
    flawed: new Set(wrong.flatMap(([key]) => (key === undefined ? [] : String(key)))),
  };
}

const STAND_INS = {
  version: 1,
  name: 'unnamed',
  items: [],
  endpoints: {},
  models: [],
  judges: [],
};

function soundEntries(
  key: string,
  section: Record<string, unknown>,
  isWrong: (path: IssuePath) => boolean,
): unknown {
  return Object.fromEntries(
    Object.entries(section).flatMap(([name, entry]): [string, unknown][] => {
      if (!isWrong([key, name])) return [[name, entry]];
      return key === 'endpoints' ? [[name, ANY_ENDPOINT]] : [];
    }),
  );
}

function withoutUnknownKeys(
  value: Record<string, unknown>,
  complaints: readonly Complaint[],
): Record<string, unknown> {
  const copy = structuredClone(value);
  for (const { kind, path } of complaints) {
    if (kind !== 'unknown-key') continue;
    let at: unknown = copy;
    for (const step of path.slice(0, -1)) at = isRecord(at) ? at[String(step)] : null;
    const last = path.at(-1);
    if (isRecord(at) && last !== undefined) delete at[String(last)];
  }
  return copy;
}
