import { isPattern, matchFiles } from '../adapters/files/match-files.ts';
import { readRows } from '../adapters/files/read/read-rows.ts';
import type { InputProblem } from '../domain/errors.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { type Item, itemKey } from '../domain/item.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { ShotSettings } from '../domain/task-settings.ts';
import { createProblemList } from '../items/problem-list.ts';
import { checkedItems } from '../items/source-rows.ts';
import type { ConfigAtHand } from './read-config.ts';
import type { WrittenTask } from './read-tasks.ts';

/** Worked examples of a task. */
export interface Shots {
  /** Those before a question. */
  readonly of: (item: Item) => readonly Item[];
  /** Hash of all that were drawn; null for none. */
  readonly fingerprint: string | null;
}

const NONE: Shots = { of: () => [], fingerprint: null };

/**
 * Draws a task's worked examples: by seed and content, so that the same are drawn on every machine, and
 * never a question that is asked. Problems are added.
 */
export async function readShots(
  hand: ConfigAtHand,
  task: WrittenTask,
  {
    asked,
    problems,
  }: { readonly asked: () => AsyncIterable<Item>; readonly problems: InputProblem[] },
): Promise<Shots> {
  const { shots } = task;
  if (shots === null) return NONE;
  const at = (message: string) =>
    problems.push(hand.loaded.problemAt(['items', task.position, 'shots'], message));
  const found = await candidates(hand, task, { shots, problems, at });
  const questions = new Set<string>();
  const categories = new Set<string>();
  for await (const item of asked()) {
    if (item.solution?.task !== task.name) continue;
    questions.add(fingerprint(item.question));
    categories.add(item.category);
  }
  const drawn = found
    .filter(({ question }) => !questions.has(fingerprint(question)))
    .map((item) => ({ item, rank: fingerprint([shots.seed, item.question]) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
  if (shots.within === undefined) {
    if (drawn.length < shots.n) at(tooFew(drawn.length, shots.n));
    const chosen = drawn.slice(0, shots.n);
    return { of: () => chosen, fingerprint: fingerprint(chosen.map(itemKey)) };
  }
  const byCategory = new Map(
    [...Map.groupBy(drawn, ({ category }) => category)].map(
      ([category, items]) => [category, items.slice(0, shots.n)] as const,
    ),
  );
  for (const category of categories) {
    const count = byCategory.get(category)?.length ?? 0;
    if (count < shots.n) at(`${tooFew(count, shots.n)} of the category "${category}"`);
  }
  return {
    of: ({ category }) => byCategory.get(category) ?? [],
    fingerprint: fingerprint([...byCategory.values()].flat().map(itemKey)),
  };
}

function tooFew(count: number, wanted: number): string {
  return `wants ${wanted} examples; there ${count === 1 ? 'is' : 'are'} ${count} that ${count === 1 ? 'is' : 'are'} not asked`;
}

interface Reading {
  readonly shots: ShotSettings;
  readonly problems: InputProblem[];
  readonly at: (message: string) => void;
}

async function candidates(
  hand: ConfigAtHand,
  task: WrittenTask,
  { shots, problems, at }: Reading,
): Promise<Item[]> {
  const sources = shotSources(hand, task, { shots, at });
  const [found, warnings] = [createProblemList(), createProblemList()];
  const items = new Map<string, Item>();
  for (const source of sources) {
    for await (const { item } of checkedItems(source, readRows, { problems: found, warnings }))
      items.set(item.question, item);
  }
  problems.push(...found.listed());
  return [...items.values()];
}

/** The task's sources with the files and rows of the examples in the place of their own. */
function shotSources(
  hand: ConfigAtHand,
  task: WrittenTask,
  { shots, at }: Pick<Reading, 'shots' | 'at'>,
): ItemSource[] {
  const from = typeof shots.from === 'string' ? { file: shots.from } : shots.from;
  const rows = (source: ItemSource, file: string): ItemSource => {
    const { where: _where, ...rest } = source;
    return { ...rest, file, ...(from.where && { where: from.where }) };
  };
  if (from.file === undefined) return task.sources.map((source) => rows(source, source.file));
  const path = hand.resolve(from.file);
  const files = matchFiles(path);
  const [first] = task.sources;
  if (files.length === 0)
    at(
      isPattern(path)
        ? `no file matches ${path}`
        : `there is no file ${path} (paths are relative to the config)`,
    );
  return first === undefined ? [] : files.map((file) => rows(first, file));
}
