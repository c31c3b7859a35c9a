/** `${NAME}` or `${NAME:-default}`. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

export interface Expanded {
  readonly text: string;
  /** Variables that are unset and have no default. */
  readonly missing: readonly string[];
}

/** Puts environment variables into a string; as in a shell, `:-` also replaces an empty value. */
export function expandVariables(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Expanded {
  const missing: string[] = [];
  const expanded = text.replace(
    REFERENCE,
    (whole, variable: string, fallback: string | undefined) => {
      const value = environment[variable];
      if (fallback !== undefined) return value ? value : fallback;
      if (value !== undefined) return value;
      missing.push(variable);
      return whole;
    },
  );
  return { text: expanded, missing };
}

/** Whether a string is nothing but one variable reference: such a string holds no secret itself. */
export function isReference(text: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*(?::-)?\}$/.test(text.trim());
}
