/** Gives every text of a record with its field (`messages.0.content`), nested lists and objects included. */
export function eachText(
  fields: Readonly<Record<string, unknown>>,
  give: (text: string, field: string) => void,
): void {
  for (const [name, value] of Object.entries(fields)) walk(value, name, give);
}

function walk(value: unknown, field: string, give: (text: string, field: string) => void): void {
  if (typeof value === 'string') {
    give(value, field);
    return;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, inner] of Object.entries(value)) walk(inner, `${field}.${name}`, give);
}
