interface Ranked {
  readonly rank: string;
}

/** Keeps the `size` entries of least rank out of a stream, whatever their order. Holds at most twice as many. */
export interface BottomK<T extends Ranked> {
  offer(entry: T): void;
  /** The entries kept, least rank first. */
  take(): readonly T[];
}

export function createBottomK<T extends Ranked>(size: number): BottomK<T> {
  let entries: T[] = [];
  let highest: string | null = null;
  function shrink(): void {
    entries.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    if (entries.length < size) return;
    entries = entries.slice(0, size);
    highest = entries.at(-1)?.rank ?? null;
  }
  return {
    offer(entry) {
      if (highest !== null && entry.rank >= highest) return;
      entries.push(entry);
      if (entries.length >= 2 * size) shrink();
    },
    take() {
      shrink();
      return entries;
    },
  };
}
