import type { Agreement } from '../schema.ts';

/** Panels of the charts: the cultures, or the whole where there is one culture or none. */
export function panelsOf({ distribution }: Pick<Agreement, 'distribution'>): (string | null)[] {
  const cultures = [...new Set(distribution.flatMap(({ culture }) => culture ?? []))];
  return cultures.length > 0 ? cultures : [null];
}

export const panelName = (culture: string | null) => culture ?? 'All answers';
