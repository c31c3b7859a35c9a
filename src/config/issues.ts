import type { z } from 'zod';
import type { InputProblem } from '../domain/errors.ts';
import { nearestName } from '../domain/nearest-name.ts';

export type IssuePath = readonly PropertyKey[];

interface Place {
  readonly file: string;
  /** What was expected, for hints about unknown keys. */
  readonly schema: z.ZodType;
  readonly lineOf: (path: IssuePath) => number;
}

/** `models[0].endpoint`. */
export function renderPath(path: IssuePath): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const text = String(step);
      const plain = /^[A-Za-z_$][\w$-]*$/.test(text) ? text : `"${text}"`;
      return index === 0 ? plain : `.${plain}`;
    })
    .join('');
}

/** Turns zod's issues into problems that say what to write instead. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  place: Place,
  base: IssuePath = [],
): InputProblem[] {
  return issues.flatMap((issue) => describeIssue(issue, place, base));
}

function describeIssue(issue: z.core.$ZodIssue, place: Place, base: IssuePath): InputProblem[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(place.schema, path);
    return issue.keys.map((key) => {
      const guess = nearestName(key, known);
      const hint = guess ? ` Did you mean "${guess}"?` : '';
      const list = known.length > 0 ? ` Known keys: ${known.join(', ')}.` : '';
      return problem([...path, key], `unknown key.${hint}${list}`, place);
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch) return describeIssues(branch, place, path);
  }
  return [problem(path, lowerFirst(issue.message), place)];
}

function problem(path: IssuePath, message: string, { file, lineOf }: Place): InputProblem {
  return { file, line: lineOf(path), path: renderPath(path), message };
}

/** Of a union's branches, the one whose complaints lie deepest: what the writer most likely meant. */
function closestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(...branch.map((issue) => issue.path.length));
  return [...branches]
    .filter((branch) => branch.length > 0)
    .sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The keys that the schema has at a place, for the hint about an unknown one. */
function knownKeys(root: z.ZodType, path: IssuePath): readonly string[] {
  let schemas: unknown[] = [root];
  for (const step of path) schemas = schemas.flatMap((schema) => inside(schema, step));
  return [...new Set(schemas.flatMap(keysOf))];
}

interface Definition {
  readonly type?: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
}

function definitionOf(schema: unknown): Definition | null {
  if (typeof schema !== 'object' || schema === null || !('def' in schema)) return null;
  const { def } = schema;
  return typeof def === 'object' && def !== null ? def : null;
}

/** Looks through defaults, optionals, pipes and unions. */
function unwrap(schema: unknown): Definition[] {
  const definition = definitionOf(schema);
  if (!definition) return [];
  if (definition.innerType) return unwrap(definition.innerType);
  if (definition.in) return unwrap(definition.in);
  if (definition.options) return definition.options.flatMap(unwrap);
  return [definition];
}

function inside(schema: unknown, step: PropertyKey): unknown[] {
  return unwrap(schema).flatMap((definition) => {
    if (definition.shape) return [definition.shape[String(step)]];
    if (definition.element && typeof step === 'number') return [definition.element];
    return definition.valueType ? [definition.valueType] : [];
  });
}

function keysOf(schema: unknown): string[] {
  return unwrap(schema).flatMap((definition) =>
    definition.shape ? Object.keys(definition.shape) : [],
  );
}
