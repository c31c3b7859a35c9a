import type { Item } from '../domain/item.ts';
import type { ProblemList } from './problem-list.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Knows every item admitted so far by content and by id. */
export interface ItemRegister {
  /**
   * False for an item that is there already, which is noted as a warning, and for a different item
   * under a taken id, which is noted as a problem.
   */
  admit(item: Item, key: string, place: Place): boolean;
  size(): number;
}

export function createItemRegister(problems: ProblemList, warnings: ProblemList): ItemRegister {
  const placesByKey = new Map<string, Place>();
  const placesById = new Map<string, Place>();
  return {
    size: () => placesByKey.size,
    admit(item, key, place) {
      const twin = placesByKey.get(key);
      if (twin !== undefined) {
        const message = `the same item as ${twin.file}:${twin.line}; it is taken once`;
        warnings.add({ ...place, message });
        return false;
      }
      const namesake = placesById.get(item.id);
      if (namesake !== undefined) {
        const message = `the id "${item.id}" is taken by a different item at ${namesake.file}:${namesake.line}`;
        problems.add({ ...place, path: 'id', message });
        return false;
      }
      placesByKey.set(key, place);
      placesById.set(item.id, place);
      return true;
    },
  };
}
