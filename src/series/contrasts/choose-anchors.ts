import { RATING_MIN } from '../../domain/judgment.ts';
import { createRandom } from '../../stats/random/random.ts';

/** A rated answer that may become an anchor. */
export interface AnchorCandidate {
  readonly culture: string;
  /** Its question. */
  readonly item: number;
  /** By the run's first judge, in the order of its judgings. */
  readonly ratings: readonly number[];
}

export interface ChosenAnchor {
  /** Place among the candidates. */
  readonly position: number;
  /** The ratings that may be frozen: none that the answer was chosen by. */
  readonly kept: readonly number[];
}

/** Whether answers were spread over score bands by a rating that is not frozen. */
export interface AnchorChoice {
  readonly banded: boolean;
  readonly chosen: readonly ChosenAnchor[];
}

/** Two points wide: 1–2, 3–4, 5–6, 7–8, 9–10. */
const BANDS = 5;

export function bandOf(rating: number): number {
  return Math.min(BANDS - 1, Math.floor((rating - RATING_MIN + 0.5) / 2));
}

/**
 * Chooses at most `size` answers, as evenly over cultures as they allow, one a question while there are
 * questions. Over score bands too where enough answers were judged at least twice: by the first rating,
 * which is then not frozen. A rating that an answer was chosen by is selected for its luck: low bands
 * hold bad luck and come back up, which would look like a drift. With one judging the choice is
 * therefore blind to the rating. Equal input and seed give an equal choice.
 */
export function chooseAnchors(
  candidates: readonly AnchorCandidate[],
  { size, seed }: { readonly size: number; readonly seed: number },
): AnchorChoice {
  const twice = candidates.filter(({ ratings }) => ratings.length > 1).length;
  const banded = twice >= Math.min(size, candidates.length);
  const open = candidates.flatMap(({ culture, item, ratings }, position): OpenCandidate[] => {
    const [first] = ratings;
    if (first === undefined || (banded && ratings.length < 2)) return [];
    const cell = banded ? `${bandOf(first)} ${culture}` : culture;
    return [{ item, position, cell, kept: banded ? ratings.slice(1) : ratings }];
  });
  return { banded, chosen: spread(open, { size, seed }) };
}

interface OpenCandidate extends ChosenAnchor {
  readonly item: number;
  /** What the choice is spread over. */
  readonly cell: string;
}

function spread(
  candidates: readonly OpenCandidate[],
  { size, seed }: { readonly size: number; readonly seed: number },
): ChosenAnchor[] {
  const random = createRandom(`anchors ${seed}`);
  const order = candidates
    .map((candidate) => ({ ...candidate, draw: random.uniform() }))
    .sort((a, b) => a.draw - b.draw);
  const cells = new Map<string, (typeof order)[number][]>();
  for (const one of order) {
    const cell = cells.get(one.cell);
    if (cell) cell.push(one);
    else cells.set(one.cell, [one]);
  }
  const queues = [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  const used = new Set<number>();
  const chosen: ChosenAnchor[] = [];
  for (const fresh of [true, false]) {
    let left = queues;
    while (left.length > 0 && chosen.length < size) {
      left = left.filter((queue) => {
        const next = queue.findIndex(({ item }) => !(fresh && used.has(item)));
        const [one] = next < 0 ? [] : queue.splice(next, 1);
        if (one === undefined || chosen.length >= size) return false;
        used.add(one.item);
        chosen.push({ position: one.position, kept: one.kept });
        return true;
      });
    }
  }
  return chosen.sort((a, b) => a.position - b.position);
}
