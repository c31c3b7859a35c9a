import { type IssuePath, isRecord } from './issue-path.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `${NAME}` or `${NAME:-default}`. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** A variable that is unset and has no default. */
export interface UnsetVariable {
  readonly path: IssuePath;
  readonly variable: string;
}

export interface Expanded {
  readonly value: unknown;
  readonly unset: readonly UnsetVariable[];
  /** Strings that were one reference and nothing else. */
  readonly references: readonly IssuePath[];
}

const ONE_REFERENCE = new RegExp(`^\\s*${REFERENCE.source}\\s*$`);

/**
 * Puts environment variables into every string of a value, keys left alone. As in a shell, `:-` also
 * replaces an empty value. What a variable holds is text, and is not looked through again.
 */
export function expandVariables(value: unknown, environment: Environment): Expanded {
  const unset: UnsetVariable[] = [];
  const references: IssuePath[] = [];
  const expand = (part: unknown, path: IssuePath): unknown => {
    if (typeof part === 'string') {
      if (ONE_REFERENCE.test(part)) references.push(path);
      return expandText(part, environment, (variable) => unset.push({ path, variable }));
    }
    if (Array.isArray(part)) return part.map((entry, index) => expand(entry, [...path, index]));
    if (!isRecord(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, entry]) => [key, expand(entry, [...path, key])]),
    );
  };
  return { value: expand(value, []), unset, references };
}

function expandText(
  text: string,
  environment: Environment,
  onUnset: (variable: string) => void,
): string {
  return text.replace(REFERENCE, (whole, variable: string, fallback: string | undefined) => {
    const found = environment[variable];
    if (fallback !== undefined) return found ? found : fallback;
    if (found !== undefined) return found;
    onUnset(variable);
    return whole;
  });
}

/** Whether a string is nothing but one variable reference without a default: such a string holds no secret itself. */
export function isReference(text: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*(?::-)?\}$/.test(text.trim());
}
