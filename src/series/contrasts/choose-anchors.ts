import { RATING_MIN } from '../../domain/judgment.ts';
import { createRandom } from '../../stats/random/random.ts';

/** A rated answer that may become an anchor. */
export interface AnchorCandidate {
  readonly culture: string;
  /** Its question. */
  readonly item: number;
  /** Rating that it is chosen by. */
  readonly rating: number;
}

/** Two points wide: 1–2, 3–4, 5–6, 7–8, 9–10. */
const BANDS = 5;

export function bandOf(rating: number): number {
  return Math.min(BANDS - 1, Math.floor((rating - RATING_MIN + 0.5) / 2));
}

/**
 * Spreads anchors over culture × score band as evenly as the answers allow, one a question while
 * there are questions. Equal input and seed give an equal choice. Returns positions, at most `size`.
 */
export function chooseAnchors(
  candidates: readonly AnchorCandidate[],
  { size, seed }: { readonly size: number; readonly seed: number },
): number[] {
  const random = createRandom(`anchors ${seed}`);
  const order = candidates
    .map((candidate, position) => ({ ...candidate, position, draw: random.uniform() }))
    .sort((a, b) => a.draw - b.draw);
  const cells = new Map<string, (typeof order)[number][]>();
  for (const one of order) {
    const cell = `${bandOf(one.rating)} ${one.culture}`;
    cells.set(cell, [...(cells.get(cell) ?? []), one]);
  }
  const queues = [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  const used = new Set<number>();
  const chosen: number[] = [];
  for (const fresh of [true, false]) {
    let left = queues;
    while (left.length > 0 && chosen.length < size) {
      left = left.filter((queue) => {
        const next = queue.findIndex(({ item }) => !(fresh && used.has(item)));
        const [one] = next < 0 ? [] : queue.splice(next, 1);
        if (one === undefined || chosen.length >= size) return false;
        used.add(one.item);
        chosen.push(one.position);
        return true;
      });
    }
  }
  return chosen.sort((a, b) => a - b);
}
