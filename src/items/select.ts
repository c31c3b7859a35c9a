import { InputError, type InputProblem } from '../domain/errors.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { type Item, itemKey } from '../domain/item.ts';
import { FILTER_FIELDS, type ItemSelection } from '../domain/item-selection.ts';
import type { ItemSource } from '../domain/item-source.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { RowReader } from '../ports/rows.ts';
import { type Candidate, createDraw } from './draw.ts';
import { createItemRegister } from './item-register.ts';
import { createLabelWatch } from './labels.ts';
import { createProblemList } from './problem-list.ts';
import { sourceNames } from './source-names.ts';
import { checkedItems, sourceItems } from './source-rows.ts';

/** What a first pass over the sources finds; holds keys and counts, no texts. */
export interface ItemScan {
  /** Reasons not to go on; the last one may say how many more there are. */
  readonly problems: readonly InputProblem[];
  /** Duplicates, each counted once in everything below; rows skipped; labels that look like one. */
  readonly warnings: readonly InputProblem[];
  /** Distinct items in the sources, before selection. */
  readonly total: number;
  readonly selectedCount: number;
  /** Selected items of each culture, in source order; likewise languages and categories. */
  readonly cultures: ReadonlyMap<string, number>;
  readonly languages: ReadonlyMap<string, number>;
  readonly categories: ReadonlyMap<string, number>;
  /** Categories of those that a judge rates, and the tasks of the others. */
  readonly ratedCategories: ReadonlyMap<string, number>;
  readonly tasks: ReadonlyMap<string, number>;
  /** Hash of the selected items' contents, whatever their order. */
  readonly fingerprint: string;
  /** Content keys of the selected items. */
  readonly selectedKeys: ReadonlySet<string>;
  /** Ids that sources share for different items: they are given with the source's name before them. */
  readonly sharedIds: ReadonlySet<string>;
}

/** Values listed in a message before the rest is counted. */
const MAX_VALUES_LISTED = 20;

/** Reads all sources once, checks them and draws the items that the selection takes. */
export async function scanItems(
  sources: readonly ItemSource[],
  selection: ItemSelection,
  readRows: RowReader,
): Promise<ItemScan> {
  const problems = createProblemList();
  const warnings = createProblemList();
  const register = createItemRegister(problems, warnings);
  const draw = createDraw(selection);
  const values = new Map(FILTER_FIELDS.map((field) => [field, new Set<string>()]));
  const labels = createLabelWatch();
  for (const [position, source] of sources.entries()) {
    for await (const { item, row } of checkedItems(source, readRows, { problems, warnings })) {
      const key = itemKey(item);
      const place = { file: source.file, line: row.line };
      if (!register.admit(item, key, { ...place, source: position })) continue;
      labels.note(item, place);
      for (const [field, seen] of values) seen.add(item[field] ?? '');
      draw.offer(item, key, register.size());
    }
  }
  const drawn = draw.drawn();
  const places = sources.map((source) => source.file).join(', ');
  if (problems.isEmpty()) {
    problems.add(...selectionProblems(selection, values, { file: places, drawn: drawn.length }));
  }
  const shared = register.sharedIds();
  warnings.add(...labels.warnings(), ...sharedIdWarnings(sources, shared));
  return summarizeScan(drawn, {
    problems: problems.listed(),
    warnings: warnings.listed(),
    total: register.size(),
    sharedIds: new Set(shared.keys()),
  });
}

/**
 * Reads the sources again and gives the items that the scan selected, in source order. Throws
 * InputError where a selected item is no longer there.
 */
export async function* streamItems(
  scan: ItemScan,
  sources: readonly ItemSource[],
  readRows: RowReader,
): AsyncGenerator<Item> {
  const awaited = new Set(scan.selectedKeys);
  const names = sourceNames(sources.map(({ file }) => file));
  for (const [position, source] of sources.entries()) {
    if (awaited.size === 0) return;
    for await (const item of sourceItems(source, readRows)) {
      if (!awaited.delete(itemKey(item))) continue;
      yield scan.sharedIds.has(item.id) ? { ...item, id: `${names[position]}/${item.id}` } : item;
    }
  }
  if (awaited.size === 0) return;
  const file = sources.map((source) => source.file).join(', ');
  const message = `changed while it was in use: ${awaited.size} of the ${scan.selectedCount} selected items are no longer there`;
  throw new InputError([{ file, message }]);
}

/** One warning for each two sources that use the same ids. */
function sharedIdWarnings(
  sources: readonly ItemSource[],
  shared: ReadonlyMap<string, readonly [number, number]>,
): InputProblem[] {
  const names = sourceNames(sources.map(({ file }) => file));
  const pairs = Map.groupBy(shared, ([, positions]) => positions.join());
  return [...pairs.values()].flatMap((ids) => {
    const [first] = ids;
    if (first === undefined) return [];
    const [id, [one, other]] = first;
    const count = ids.length === 1 ? 'the id' : `${ids.length} ids, such as`;
    const file = sources[other]?.file ?? '';
    const message = `${count} "${id}" also in ${sources[one]?.file} for a different item; kept apart as "${names[one]}/${id}" and "${names[other]}/${id}". Recorded answers and ratings name these, or the question`;
    return [{ file, path: 'id', message }];
  });
}

/** Filter values that no item has: a misspelling would otherwise leave items out unseen. */
function selectionProblems(
  selection: ItemSelection,
  values: ReadonlyMap<(typeof FILTER_FIELDS)[number], ReadonlySet<string>>,
  outcome: { readonly file: string; readonly drawn: number },
): InputProblem[] {
  const { file, drawn } = outcome;
  const unknown = [...values].flatMap(([field, seen]) => {
    const missing = (selection[field] ?? []).filter((value) => !seen.has(value));
    return missing.map((value) => {
      const message = `no item has the ${field} "${value}"; ${valueHint(value, seen)}`;
      return { file, path: `select.${field}`, message };
    });
  });
  if (unknown.length > 0 || drawn > 0) return unknown;
  return [{ file, path: 'select', message: 'no item has all the selected values at once' }];
}

function valueHint(value: string, seen: ReadonlySet<string>): string {
  const known = [...seen].filter((name) => name !== '');
  const nearest = nearestName(value, known);
  const guess = nearest === null ? '' : `did you mean "${nearest}"? `;
  return `${guess}the items have: ${listValues(known)}`;
}

function listValues(values: readonly string[]): string {
  if (values.length === 0) return 'none';
  const listed = values.slice(0, MAX_VALUES_LISTED).join(', ');
  const more = values.length - MAX_VALUES_LISTED;
  return more > 0 ? `${listed} and ${more} more` : listed;
}

function summarizeScan(
  drawn: readonly Candidate[],
  found: Pick<ItemScan, 'problems' | 'warnings' | 'total' | 'sharedIds'>,
): ItemScan {
  const keys = drawn.map((candidate) => candidate.key);
  return {
    ...found,
    selectedCount: drawn.length,
    cultures: countBy(drawn, 'culture'),
    languages: countBy(drawn, 'language'),
    categories: countBy(drawn, 'category'),
    ratedCategories: countBy(
      drawn.filter(({ task }) => task === null),
      'category',
    ),
    tasks: countBy(drawn, 'task'),
    fingerprint: fingerprint(keys.toSorted()),
    selectedKeys: new Set(keys),
  };
}

function countBy(
  drawn: readonly Candidate[],
  field: 'culture' | 'language' | 'category' | 'task',
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of drawn) {
    const value = candidate[field];
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
