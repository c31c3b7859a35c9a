import type { z } from 'zod';
import { nearestName } from '../domain/nearest-name.ts';
import { type IssuePath, valueAt } from './issue-path.ts';
import { knownKeys, type SchemaPlace } from './known-keys.ts';

/** One thing that is wrong with a config, before it is given a line. */
export interface Complaint {
  readonly path: IssuePath;
  /** What is wrong and what to write instead. Never holds a value that could be a key. */
  readonly message: string;
  readonly kind: 'unknown-key' | 'wrong-value';
}

type Issue = z.core.$ZodIssue;

/** Says what to write instead, for each of zod's issues with what was written, `root`. */
export function describeIssues(
  issues: readonly Issue[],
  root: SchemaPlace,
  base: IssuePath = [],
): Complaint[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, root, path);
    if (issue.code === 'invalid_union') {
      const branch = closestBranch(issue.errors, valueAt(root.value, path));
      if (branch) return describeIssues(branch, root, path);
    }
    return [
      { path, message: describe(issue, valueAt(root.value, path), path), kind: 'wrong-value' },
    ];
  });
}

function unknownKeys(keys: readonly string[], root: SchemaPlace, path: IssuePath): Complaint[] {
  const known = knownKeys(root, path);
  return keys.map((key) => {
    const guess = nearestName(key, known);
    const hint = guess === null ? '' : `; did you mean "${guess}"?`;
    const message = `unknown key${hint || '.'} Known keys: ${known.join(', ')}.`;
    return { path: [...path, key], message, kind: 'unknown-key' };
  });
}

/** Of a union's branches, the one whose complaints lie deepest: what the writer most likely meant. */
function closestBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  const depth = (branch: readonly Issue[]) => Math.max(...branch.map((issue) => issue.path.length));
  // A text where a name or a mapping may stand is a wrong name.
  const names = (branch: readonly Issue[]) => branch[0]?.code === 'invalid_value';
  const meant = (branch: readonly Issue[]) => Number(names(branch) === (typeof value === 'string'));
  return [...branches]
    .filter((branch) => branch.length > 0)
    .sort((a, b) => depth(b) - depth(a) || meant(b) - meant(a) || a.length - b.length)[0];
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
};

function describe(issue: Issue, value: unknown, path: IssuePath): string {
  switch (issue.code) {
    case 'invalid_type':
      return describeType(EXPECTED[issue.expected] ?? issue.expected, value, path);
    case 'invalid_value':
      return describeChoice(issue.values.map(String), value);
    case 'invalid_union':
      return describeChoice('options' in issue ? (issue.options ?? []).map(String) : [], value);
    case 'too_small':
    case 'too_big':
      return isDefault(issue) ? describeSize(issue) : issue.message;
    case 'invalid_key':
      return 'has a blank key; give it a name';
    default:
      return issue.message;
  }
}

function describeType(expected: string, value: unknown, path: IssuePath): string {
  if (path.length === 0) {
    const found = value === null ? 'is empty' : `holds ${nameOf(value)}, no mapping (key: value)`;
    return `${found}; \`care-judge init\` writes a config to start from`;
  }
  if (value === undefined) return `is missing; expected ${expected}`;
  if (value === null) return `is empty; expected ${expected}`;
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const hint = expected === 'text' && scalar ? '; put it in quotes' : '';
  return `expected ${expected}, found ${nameOf(value)}${hint}`;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return nameOfNumber(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? 'text' : 'a mapping (key: value)';
}

function nameOfNumber(value: number): string {
  if (!Number.isFinite(value)) return 'infinity or no number';
  return Number.isInteger(value) ? 'a number' : 'a fraction';
}

function describeChoice(choices: readonly string[], value: unknown): string {
  const [only] = choices;
  const wanted = choices.length === 1 ? `must be ${only}` : `must be one of ${choices.join(', ')}`;
  if (value === undefined) return `is missing; ${wanted}`;
  const guess = typeof value === 'string' ? nearestName(value, choices) : null;
  return guess === null ? wanted : `${wanted}; did you mean "${guess}"?`;
}

function isDefault({ message }: Issue): boolean {
  return /^Too (?:small|big):/.test(message);
}

type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function describeSize(issue: SizeIssue): string {
  const [word, limit] =
    issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  if (issue.origin === 'string' && issue.code === 'too_small') return 'must not be empty';
  if (issue.origin === 'array') return `must list ${word} ${limit}`;
  if (issue.inclusive !== false) return `must be ${word} ${limit}`;
  return `must be ${issue.code === 'too_small' ? 'more' : 'less'} than ${limit}`;
}
