import { fingerprint } from '../domain/fingerprint.ts';
import type { Item } from '../domain/item.ts';
import { FILTER_FIELDS, type ItemSelection } from '../domain/item-selection.ts';
import { type BottomK, createBottomK } from './bottom-k.ts';

/** What is remembered of an item between the two passes: no question, no reference. */
export interface Candidate {
  /** The item's content key. */
  readonly key: string;
  /** Position among all distinct items. */
  readonly order: number;
  readonly rank: string;
  readonly culture: string;
  readonly language: string;
  readonly category: string;
  /** null: a judge rates it. */
  readonly task: string | null;
}

export interface Draw {
  /** Takes the item into account if it passes the filters. */
  offer(item: Item, key: string, order: number): void;
  /** The candidates drawn, in source order. */
  drawn(): readonly Candidate[];
}

/**
 * Filters and draws. An item's rank is the hash of seed and content key, and the least ranks win, so
 * that a draw depends on neither the order of the items nor the machine, and a larger `limit` or
 * `perCell` keeps every item of a smaller one.
 */
export function createDraw(selection: ItemSelection): Draw {
  const { limit, perCell, seed } = selection;
  const sampled = limit !== undefined || perCell !== undefined;
  const cells = new Map<string, BottomK<Candidate>>();
  return {
    offer(item, key, order) {
      if (!passesFilters(item, selection)) return;
      const { culture, language, category, solution } = item;
      const task = solution?.task ?? null;
      const rank = sampled ? fingerprint([seed, key]) : key;
      const cellName = perCell === undefined ? '' : JSON.stringify([culture, category]);
      const cell =
        cells.get(cellName) ?? createBottomK(perCell ?? limit ?? Number.POSITIVE_INFINITY);
      cells.set(cellName, cell);
      cell.offer({ key, order, rank, culture, language, category, task });
    },
    drawn() {
      const overall = createBottomK<Candidate>(limit ?? Number.POSITIVE_INFINITY);
      for (const cell of cells.values()) {
        for (const candidate of cell.take()) overall.offer(candidate);
      }
      return overall.take().toSorted((a, b) => a.order - b.order);
    },
  };
}

function passesFilters(item: Item, selection: ItemSelection): boolean {
  return FILTER_FIELDS.every((field) => {
    const wanted = selection[field];
    const value = item[field];
    return wanted === undefined || (value !== null && wanted.includes(value));
  });
}
