import { readRows } from '../adapters/files/read/read-rows.ts';
import { InputError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import { scanItems, streamItems } from '../items/select.ts';
import { itemSources } from './item-sources.ts';
import { readConfig } from './read-config.ts';

export interface Reference {
  readonly question: string;
  readonly reference: string;
  readonly language: string;
  readonly culture: string;
  /** Of a question that offers options. */
  readonly options?: readonly string[];
  /** Of a question that wants a few words. */
  readonly short?: boolean;
}

/** The part of an item that the simulator answers and judges from. */
export function referenceOf({ question, reference, language, culture, solution }: Item): Reference {
  const known = { question, reference, language, culture };
  if (solution?.scoring === 'choice') return { ...known, options: solution.options };
  return solution?.scoring === 'short-answer' ? { ...known, short: true } : known;
}

/** Questions and references of a config, for a simulated model to half know. Throws InputError. */
export async function readReferences(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Reference[]> {
  const hand = readConfig(file, { environment, rehearse: true });
  const problems = [...hand.problems];
  const sources = itemSources(hand, problems);
  if (problems.length > 0) throw new InputError(problems);
  const scan = await scanItems(sources, hand.loaded.config.select, readRows);
  if (scan.problems.length > 0) throw new InputError(scan.problems);
  const references: Reference[] = [];
  for await (const item of streamItems(scan, sources, readRows)) references.push(referenceOf(item));
  return references;
}
