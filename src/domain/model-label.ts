/** `name (variant)`, or the name alone. */
export function modelLabel(spec: {
  readonly name: string;
  readonly variant: string | null;
}): string {
  return spec.variant === null ? spec.name : `${spec.name} (${spec.variant})`;
}
