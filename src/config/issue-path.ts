/** Where in a config: keys and list positions from the top. */
export type IssuePath = readonly PropertyKey[];

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

/** The value at a path; undefined where the path leaves the value. */
export function valueAt(value: unknown, path: IssuePath): unknown {
  let at = value;
  for (const step of path) at = isRecord(at) ? ownValue(at, step) : undefined;
  return at;
}

/** Whether `path` is `start` or lies inside it. */
export function startsWith(path: IssuePath, start: IssuePath): boolean {
  return start.every((step, index) => path[index] === step);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Own entries only: a key named `constructor` finds nothing that JavaScript brings along. */
export function ownValue(record: Readonly<Record<string, unknown>>, key: PropertyKey): unknown {
  return Object.hasOwn(record, key) ? record[String(key)] : undefined;
}
