import type { Scale } from '../../domain/solution.ts';
import type { RunSummary } from './schema.ts';

/**
 * The part of a summary that is on one scale, with the cultures, categories and scopes that it speaks
 * about: ratings and right answers never share a table, a chart or an average. A summary of ratings
 * alone stays as it is.
 */
export function ofScale(summary: RunSummary, scale: Scale): RunSummary {
  const estimates = summary.estimates.filter((entry) => entry.scale === scale);
  if (estimates.length === summary.estimates.length) return summary;
  const raters = new Set(estimates.map(({ judge }) => judge));
  const own = <Entry extends { readonly judge: string }>(entries: readonly Entry[]): Entry[] =>
    entries.filter(({ judge }) => raters.has(judge));
  const named = (part: 'culture' | 'category' | 'scope') => {
    const names = new Set(estimates.map(({ by }) => by[part]));
    return (name: string) => names.has(name);
  };
  const { bounds, cultures, models } = summary.missingness;
  return {
    ...summary,
    estimates,
    cultures: summary.cultures.filter(named('culture')),
    categories: summary.categories.filter(named('category')),
    scopes: summary.scopes.filter(named('scope')),
    ...(summary.differences && { differences: own(summary.differences) }),
    scopeContrasts: own(summary.scopeContrasts),
    components: own(summary.components),
    missingness: { bounds: own(bounds), cultures: own(cultures), models: own(models) },
  };
}
