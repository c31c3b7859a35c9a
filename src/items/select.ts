import { InputError, type InputProblem } from '../domain/errors.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { type Item, itemKey } from '../domain/item.ts';
import { FILTER_FIELDS, type ItemSelection } from '../domain/item-selection.ts';
import type { ItemSource } from '../domain/item-source.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { RowReader } from '../ports/rows.ts';
import { type Candidate, createDraw } from './draw.ts';
import { createItemRegister } from './item-register.ts';
import { mapRow } from './map-rows.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

/** What a first pass over the sources finds; holds keys and counts, no texts. */
export interface ItemScan {
  /** Reasons not to go on; the last one may say how many more there are. */
  readonly problems: readonly InputProblem[];
  /** Duplicates, each counted once in everything below. */
  readonly warnings: readonly InputProblem[];
  /** Distinct items in the sources, before selection. */
  readonly total: number;
  readonly selectedCount: number;
  /** Selected items of each culture, in source order; likewise languages and categories. */
  readonly cultures: ReadonlyMap<string, number>;
  readonly languages: ReadonlyMap<string, number>;
  readonly categories: ReadonlyMap<string, number>;
  /** Hash of the selected items' contents, whatever their order. */
  readonly fingerprint: string;
  /** Content keys of the selected items. */
  readonly selectedKeys: ReadonlySet<string>;
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
  for (const source of sources) {
    for await (const { item, line } of itemsOrProblems(source, readRows, problems)) {
      const key = itemKey(item);
      if (!register.admit(item, key, { file: source.file, line })) continue;
      for (const [field, seen] of values) seen.add(item[field] ?? '');
      draw.offer(item, key, register.size());
    }
  }
  const drawn = draw.drawn();
  const places = sources.map((source) => source.file).join(', ');
  if (problems.isEmpty()) {
    problems.add(...selectionProblems(selection, values, { file: places, drawn: drawn.length }));
  }
  return summarizeScan(drawn, {
    problems: problems.listed(),
    warnings: warnings.listed(),
    total: register.size(),
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
  for (const source of sources) {
    if (awaited.size === 0) return;
    for await (const row of readRows(source.file)) {
      const mapped = mapRow(source, row);
      if (mapped.kind === 'item' && awaited.delete(itemKey(mapped.item))) yield mapped.item;
    }
  }
  if (awaited.size === 0) return;
  const file = sources.map((source) => source.file).join(', ');
  const message = `changed while it was in use: ${awaited.size} of the ${scan.selectedCount} selected items are no longer there`;
  throw new InputError([{ file, message }]);
}

/** The items of a source; what is wrong with it is noted, so that the sources after it are read too. */
async function* itemsOrProblems(
  source: ItemSource,
  readRows: RowReader,
  problems: ProblemList,
): AsyncGenerator<{ readonly item: Item; readonly line: number }> {
  let count = 0;
  try {
    for await (const row of readRows(source.file)) {
      count += 1;
      const mapped = mapRow(source, row);
      if (mapped.kind === 'item') yield { item: mapped.item, line: row.line };
      else problems.add(...mapped.problems);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add(...error.problems);
    return;
  }
  if (count === 0) problems.add({ file: source.file, message: 'there are no records in it' });
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
  found: Pick<ItemScan, 'problems' | 'warnings' | 'total'>,
): ItemScan {
  const keys = drawn.map((candidate) => candidate.key);
  return {
    ...found,
    selectedCount: drawn.length,
    cultures: countBy(drawn, 'culture'),
    languages: countBy(drawn, 'language'),
    categories: countBy(drawn, 'category'),
    fingerprint: fingerprint(keys.toSorted()),
    selectedKeys: new Set(keys),
  };
}

function countBy(
  drawn: readonly Candidate[],
  field: 'culture' | 'language' | 'category',
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of drawn) {
    counts.set(candidate[field], (counts.get(candidate[field]) ?? 0) + 1);
  }
  return counts;
}
