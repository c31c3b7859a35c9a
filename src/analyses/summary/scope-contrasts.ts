import type { Estimate } from '../../domain/estimate.ts';
import { differenceInterval } from '../../series/contrasts/difference-interval.ts';
import type { SeriesScores, TableItem } from '../../series/scores/score-table.ts';
import { pick } from '../../stats/at.ts';
import { mean } from '../../stats/means/describe.ts';
import type { ScopeContrast } from './schema.ts';

/** Fewer questions of a scope than this are no sample. */
const SCOPE_LEAST = 5;

/** The cells of one scope: ratings as means of their clusters, with the number of questions. */
interface ScopeCell {
  readonly means: readonly number[];
  readonly n: number;
}

type ScopeCells = ReadonlyMap<string, ScopeCell>;

export interface ScopeSource {
  readonly items: readonly TableItem[];
  readonly clusters: Int32Array;
  readonly scopes: readonly string[];
}

/**
 * How a scope differs from the one with most questions, within culture and category: scopes are
 * spread so unevenly over cultures that their plain means compare cultures.
 * D = Σ w_c (ȳ_sc - ȳ_rc) / Σ w_c over the cells that hold both, w_c = n_s n_r / (n_s + n_r): least
 * squares with an effect for every cell (Cochran & Cox's weights for a two-way table of unequal
 * counts). The error is pooled within cells and scopes, as single questions have no spread of their
 * own; draws are clusters' means.
 */
export function scopeContrasts(
  { items, clusters, scopes }: ScopeSource,
  series: SeriesScores,
): ScopeContrast[] {
  const byScope = new Map(
    scopes.map((scope) => [scope, cellsOf({ items, clusters, scope }, series)]),
  );
  const sizes = scopes.map((scope) => items.filter((item) => item.scope === scope).length);
  const reference = scopes[sizes.indexOf(Math.max(...sizes))];
  if (reference === undefined) return [];
  return scopes
    .filter((scope) => scope !== reference)
    .map((scope) => ({
      ...series.names,
      scope,
      reference,
      estimate: {
        ...contrast(byScope.get(scope) ?? new Map(), byScope.get(reference) ?? new Map(), series),
        missing: missingOf(items, series, scope),
      },
    }));
}

function missingOf(items: readonly TableItem[], series: SeriesScores, scope: string): number {
  return items.reduce(
    (sum, item, place) =>
      item.scope === scope ? sum + (series.planned[place] ?? 0) - (series.rated[place] ?? 0) : sum,
    0,
  );
}

function cellsOf(
  { items, clusters, scope }: Omit<ScopeSource, 'scopes'> & { readonly scope: string },
  { ratings, rated }: SeriesScores,
): ScopeCells {
  const cells = new Map<string, Map<number, number[]>>();
  items.forEach((item, place) => {
    if (item.scope !== scope || !rated[place]) return;
    const name = JSON.stringify([item.culture, item.category]);
    const cell = cells.get(name) ?? new Map<number, number[]>();
    cells.set(name, cell);
    const cluster = Number(clusters[place]);
    cell.set(cluster, [...(cell.get(cluster) ?? []), Number(ratings[place])]);
  });
  return new Map(
    [...cells].map(([name, cell]) => {
      const values = [...cell.values()];
      return [
        name,
        {
          means: values.flatMap((ofCluster) => mean(ofCluster) ?? []),
          n: values.reduce((sum, { length }) => sum + length, 0),
        },
      ];
    }),
  );
}

function contrast(
  scope: ScopeCells,
  reference: ScopeCells,
  { scale }: Pick<SeriesScores, 'scale'>,
): Omit<Estimate, 'missing'> {
  const both = [...scope].flatMap(([name, own]) => {
    const other = reference.get(name);
    return other === undefined ? [] : [{ own, other }];
  });
  const n = both.reduce((sum, { own }) => sum + own.n, 0);
  const nothing = { value: null, low: null, high: null, n };
  if (n === 0) return { ...nothing, method: 'no culture and category with both scopes' };
  const weights = both.map(({ own, other }) => {
    const [first, second] = [own.means.length, other.means.length];
    return (first * second) / (first + second);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const value = both.reduce(
    (sum, { own, other }, cell) =>
      sum + (pick(weights, cell) * ((mean(own.means) ?? 0) - (mean(other.means) ?? 0))) / total,
    0,
  );
  const { variance, df } = pooledVariance(both.flatMap(({ own, other }) => [own, other]));
  const interval =
    n < SCOPE_LEAST
      ? null
      : differenceInterval({ mean: value, se: Math.sqrt(variance / total), df }, { scale });
  const difference = 'difference within culture and category';
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n,
    method:
      interval === null
        ? `${difference}; ${n < SCOPE_LEAST ? 'n < 5' : 'no spread'}: no interval`
        : `${difference}; 95 % t, error pooled`,
  };
}

function pooledVariance(cells: readonly ScopeCell[]): { variance: number; df: number } {
  let squares = 0;
  let df = 0;
  for (const { means } of cells) {
    const centre = mean(means) ?? 0;
    squares += means.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    df += means.length - 1;
  }
  return { variance: df > 0 ? squares / df : 0, df };
}
