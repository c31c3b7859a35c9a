import { comparableText } from '../../../overlap/comparable-text.ts';
import { createOverlapIndex } from '../../../overlap/overlap-index.ts';
import { pick } from '../../../stats/at.ts';
import { excerpt } from '../excerpt.ts';
import type { Finding } from '../schema.ts';
import { placeOf, type SetItem } from '../set-item.ts';

/** Two questions that share as many 8-grams are the same question reworded. */
export const NEAR = 0.8;
/** From here on a person should look: different questions of the CARE test set share up to .62. */
export const SIMILAR = 0.5;

/** Questions that are there twice, within a file or across files. */
export function findDuplicates(items: readonly SetItem[]): Finding[] {
  const comparable = items.map(({ item }) => comparableText(item.question));
  const groups = Map.groupBy(items.keys(), (at) => pick(comparable, at));
  return [
    ...[...groups.values()].filter((group) => group.length > 1).map((group) => exact(group, items)),
    ...nearPairs(items, comparable),
  ];
}

function exact(group: readonly number[], items: readonly SetItem[]): Finding {
  const entries = group.map((at) => pick(items, at));
  const references = new Set(entries.map(({ item }) => comparableText(item.reference)));
  const [first] = entries;
  return {
    kind: 'exact-duplicate',
    places: entries.map(placeOf),
    share: 1,
    detail: `${references.size === 1 ? 'same reference' : 'different references'}: ${excerpt(first?.item.question ?? '')}`,
  };
}

function nearPairs(items: readonly SetItem[], comparable: readonly string[]): Finding[] {
  const index = createOverlapIndex(items.map(({ item }) => item.question));
  const shares = new Map<string, { readonly pair: readonly [number, number]; share: number }>();
  for (const [at, { item }] of items.entries()) {
    for (const { known, share } of index.find(item.question, SIMILAR)) {
      if (known === at || pick(comparable, known) === pick(comparable, at)) continue;
      const pair = [Math.min(at, known), Math.max(at, known)] as const;
      const before = shares.get(pair.join());
      // Each is looked up in the other: the shorter one decides.
      shares.set(pair.join(), { pair, share: Math.max(share, before?.share ?? 0) });
    }
  }
  return [...shares.values()]
    .sort((a, b) => b.share - a.share || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1])
    .map(({ pair, share }) => {
      const [one, other] = pair.map((at) => pick(items, at));
      return {
        kind: share >= NEAR ? ('near-duplicate' as const) : ('similar' as const),
        places: [one, other].flatMap((entry) => (entry ? [placeOf(entry)] : [])),
        share,
        detail: `${Math.round(100 * share)} % shared: ${excerpt(one?.item.question ?? '')} / ${excerpt(other?.item.question ?? '')}`,
      };
    });
}
