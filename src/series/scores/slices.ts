import { codeLabels } from '../../stats/means/describe.ts';
import { clusterName } from '../contrasts/strata.ts';
import { inPaperOrder } from '../names/order.ts';
import type { Slice } from '../schema.ts';
import type { TableItem } from './score-table.ts';

/** The names that a run's items carry, in the paper's order. */
export interface Dimensions {
  readonly cultures: readonly string[];
  readonly categories: readonly string[];
  readonly scopes: readonly string[];
}

export function dimensionsOf(items: readonly TableItem[]): Dimensions {
  return {
    cultures: inPaperOrder('culture', new Set(items.map(({ culture }) => culture))),
    categories: inPaperOrder('category', new Set(items.map(({ category }) => category))),
    scopes: inPaperOrder('scope', new Set(items.flatMap(({ scope }) => scope ?? []))),
  };
}

/** A slice with its items, cell by cell. */
export interface SlicePlaces {
  readonly by: Slice;
  /** Places in the score table, by culture × category cell. */
  readonly cells: readonly Int32Array[];
}

/** All slices that have items, in the order of the summary. */
export function slicesOf(
  items: readonly TableItem[],
  { cultures, categories, scopes }: Dimensions,
): SlicePlaces[] {
  const slices: Slice[] = [
    {},
    ...cultures.map((culture) => ({ culture })),
    ...categories.map((category) => ({ category })),
    ...cultures.flatMap((culture) => categories.map((category) => ({ culture, category }))),
    ...scopes.map((scope) => ({ scope })),
    ...cultures.flatMap((culture) => scopes.map((scope) => ({ culture, scope }))),
  ];
  const groups = groupItems(items, { cultures, categories, scopes });
  return slices.flatMap((by) => {
    const cells = cultures.flatMap((culture) =>
      categories.flatMap((category) => {
        if ((by.culture ?? culture) !== culture || (by.category ?? category) !== category)
          return [];
        const cell = groups.get(groupName(culture, category, by.scope ?? null));
        return cell === undefined ? [] : [cell];
      }),
    );
    return cells.length === 0 ? [] : [{ by, cells }];
  });
}

const groupName = (culture: string, category: string, scope: string | null) =>
  JSON.stringify([culture, category, scope]);

/** Places of every cell, and of every cell's part in every scope. */
function groupItems(
  items: readonly TableItem[],
  { cultures, categories, scopes }: Dimensions,
): ReadonlyMap<string, Int32Array> {
  const codeOf = (names: readonly string[]) => new Map(names.map((name, code) => [name, code]));
  const [culture, category, scope] = [codeOf(cultures), codeOf(categories), codeOf(scopes)];
  const parts = scopes.length + 2;
  const places = new Map<number, number[]>();
  const add = (group: number, place: number) => {
    const known = places.get(group);
    if (known) known.push(place);
    else places.set(group, [place]);
  };
  items.forEach((item, place) => {
    const row = (culture.get(item.culture) ?? 0) * categories.length;
    const cell = (row + (category.get(item.category) ?? 0)) * parts;
    add(cell, place);
    if (item.scope !== null) add(cell + 1 + (scope.get(item.scope) ?? 0), place);
  });
  return new Map(
    cultures.flatMap((cultureName, row) =>
      categories.flatMap((categoryName, column) => {
        const cell = (row * categories.length + column) * parts;
        return [null, ...scopes].flatMap((scopeName, part) => {
          const found = places.get(cell + part);
          const name = groupName(cultureName, categoryName, scopeName);
          return found ? [[name, Int32Array.from(found)] as const] : [];
        });
      }),
    ),
  );
}

/** Code of what counts as one draw, by place. */
export function clusterCodes(items: readonly TableItem[]): Int32Array {
  return codeLabels(items.map(clusterName));
}
