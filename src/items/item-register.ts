import type { Item } from '../domain/item.ts';
import type { ProblemList } from './problem-list.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  /** Position of the item's source. */
  readonly source: number;
}

/** Knows every item admitted so far by content and by id. */
export interface ItemRegister {
  /**
   * False for an item that is there already, which is noted as a warning, and for a different item
   * under an id that is taken in the same source, which is noted as a problem.
   */
  admit(item: Item, key: string, place: Place): boolean;
  size(): number;
  /** Ids that different sources give to different items, with the first two sources of each. */
  sharedIds(): ReadonlyMap<string, readonly [number, number]>;
}

export function createItemRegister(problems: ProblemList, warnings: ProblemList): ItemRegister {
  const placesByKey = new Map<string, Place>();
  /** The first place of each id; the places of further sources that use it stand under both. */
  const placesById = new Map<string, Place>();
  const furtherPlaces = new Map<string, Place>();
  const shared = new Map<string, readonly [number, number]>();

  function placeIn(source: number, id: string): Place | undefined {
    const first = placesById.get(id);
    if (first === undefined || first.source === source) return first;
    return furtherPlaces.get(`${source} ${id}`);
  }

  function keep(id: string, place: Place): void {
    const first = placesById.get(id);
    if (first === undefined) {
      placesById.set(id, place);
      return;
    }
    furtherPlaces.set(`${place.source} ${id}`, place);
    if (!shared.has(id)) shared.set(id, [first.source, place.source]);
  }

  return {
    size: () => placesByKey.size,
    sharedIds: () => shared,
    admit(item, key, place) {
      const { file, line, source } = place;
      const twin = placesByKey.get(key);
      if (twin !== undefined) {
        const message = `the same item as ${twin.file}:${twin.line}; it is taken once`;
        warnings.add({ file, line, message });
        return false;
      }
      const namesake = placeIn(source, item.id);
      if (namesake !== undefined) {
        const message = `the id "${item.id}" is taken by a different item`;
        const hint = ` at ${namesake.file}:${namesake.line}; where the column is no id, map another with \`fields: { id: COLUMN }\`, or none with \`id: null\``;
        problems.add({ file, line, path: 'id', message, hint });
        return false;
      }
      placesByKey.set(key, place);
      keep(item.id, place);
      return true;
    },
  };
}
