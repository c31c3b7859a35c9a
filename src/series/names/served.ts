/** What a reply says of the model that wrote it. */
export interface Served {
  readonly servedModel: string | null;
  readonly systemFingerprint: string | null;
}

/**
 * What an endpoint named, each once. A reply that leaves a part out, as content filters do, names nothing
 * else than one that says both.
 */
export function distinctServed(all: readonly Served[]): Served[] {
  const found = new Map(
    all.map(({ servedModel, systemFingerprint }) => [
      JSON.stringify([servedModel, systemFingerprint]),
      { servedModel, systemFingerprint },
    ]),
  );
  const named = [...found.values()].filter(saysAnything);
  return named.filter((one) => !named.some((other) => other !== one && isPartOf(one, other)));
}

function saysAnything({ servedModel, systemFingerprint }: Served): boolean {
  return servedModel !== null || systemFingerprint !== null;
}

function isPartOf(one: Served, other: Served): boolean {
  return (
    (one.servedModel === null || one.servedModel === other.servedModel) &&
    (one.systemFingerprint === null || one.systemFingerprint === other.systemFingerprint)
  );
}
