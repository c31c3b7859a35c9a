interface Entry<Value> {
  readonly score: number;
  readonly tie: number;
  readonly subject: number | null;
  readonly value: Value;
}

/** Keeps the few highest of a stream, in constant memory. */
export class Shortlist<Value> {
  readonly #size: number;
  /** Best first. */
  readonly #entries: Entry<Value>[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Of entries with the same subject only the best is kept; equal scores go by the lower `tie`. */
  offer(score: number, tie: number, value: Value, subject: number | null = null): void {
    const entry = { score, tie, subject, value };
    const last = this.#entries.at(-1);
    if (last && this.#entries.length >= this.#size && !isBefore(entry, last)) return;
    if (subject !== null) {
      const same = this.#entries.findIndex((other) => other.subject === subject);
      const other = this.#entries[same];
      if (other && !isBefore(entry, other)) return;
      if (other) this.#entries.splice(same, 1);
    }
    const place = this.#entries.findIndex((other) => isBefore(entry, other));
    this.#entries.splice(place < 0 ? this.#entries.length : place, 0, entry);
    if (this.#entries.length > this.#size) this.#entries.pop();
  }

  best(): readonly Value[] {
    return this.#entries.map(({ value }) => value);
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.score > b.score || (a.score === b.score && a.tie < b.tie);
}
