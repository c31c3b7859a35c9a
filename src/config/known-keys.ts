import { type IssuePath, isRecord, ownValue } from './issue-path.ts';

/** What zod keeps of a schema, as far as a hint about keys needs it. */
interface Definition {
  readonly type?: string;
  readonly catchall?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
}

/** A schema with the value that was written where it applies. */
export interface SchemaPlace {
  readonly schema: unknown;
  readonly value: unknown;
}

/** The keys that a schema has at a path; of a union, those of the branch that was meant. */
export function knownKeys(root: SchemaPlace, path: IssuePath): readonly string[] {
  let places = [root];
  for (const step of path) places = places.flatMap((place) => inside(place, step));
  return [...new Set(places.flatMap(keysOf))];
}

/** What may stand at a path, in zod's names of types (`string`, `number` …); `lazy` is any JSON. */
export function typesAt(root: SchemaPlace, path: IssuePath): ReadonlySet<string> {
  let places = [root];
  for (const step of path) places = places.flatMap((place) => inside(place, step));
  return new Set(places.flatMap(unwrap).flatMap(({ type }) => type ?? []));
}

function definitionOf(schema: unknown): Definition | null {
  return isRecord(schema) && isRecord(schema['def']) ? schema['def'] : null;
}

/** Looks through defaults, optionals, pipes and unions. */
function unwrap({ schema, value }: SchemaPlace): Definition[] {
  const definition = definitionOf(schema);
  if (!definition) return [];
  if (definition.innerType) return unwrap({ schema: definition.innerType, value });
  if (definition.in) return unwrap({ schema: definition.in, value });
  if (!definition.options) return [definition];
  const branches = definition.options.flatMap((option) => unwrap({ schema: option, value }));
  const { discriminator } = definition;
  if (discriminator === undefined || !isRecord(value)) return branches;
  return branches.filter(({ shape }) => {
    const literal = definitionOf(shape?.[discriminator]);
    return literal?.values?.includes(value[discriminator]) === true;
  });
}

function inside(place: SchemaPlace, step: PropertyKey): SchemaPlace[] {
  const value = isRecord(place.value) ? ownValue(place.value, step) : undefined;
  return unwrap(place).flatMap(({ shape, catchall, element, valueType }) => {
    const key = String(step);
    if (shape) return [{ schema: Object.hasOwn(shape, key) ? shape[key] : catchall, value }];
    if (element && typeof step === 'number') return [{ schema: element, value }];
    return valueType ? [{ schema: valueType, value }] : [];
  });
}

function keysOf(place: SchemaPlace): string[] {
  return unwrap(place).flatMap(({ shape }) => (shape ? Object.keys(shape) : []));
}
