import type { Item } from '../../domain/item.ts';
import type { Dimension, Place } from './schema.ts';

/** A question with where it was read. */
export interface SetItem {
  readonly item: Item;
  readonly file: string;
  readonly line: number;
  /** Where it was taken from, as its file says. */
  readonly source: string | null;
  /** The question in another language, where its file has one. */
  readonly translation: string | null;
}

export function placeOf({ item, file, line }: SetItem): Place {
  return { file, line, id: item.id };
}

export function labelOf({ item, source }: SetItem, dimension: Dimension): string | null {
  return dimension === 'source' ? source : item[dimension];
}
