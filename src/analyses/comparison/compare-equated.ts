import { OperatorError } from '../../domain/errors.ts';
import { differenceInterval } from '../../series/contrasts/difference-interval.ts';
import type { Family } from '../../series/contrasts/strata.ts';
import type { ScoredRow, ScoredSeries } from '../../series/scores/scored-series.ts';
import { studentTCdf } from '../../stats/distributions/student-t.ts';
import { mean } from '../../stats/means/describe.ts';
import { benjaminiHochberg, holm } from '../../stats/tests/multiplicity.ts';
import { detectableAt } from '../../stats/tests/power.ts';
import { type Bridge, type BridgedCulture, carry, carryVariance } from '../equating/equating.ts';
import { type CompareOptions, compareAll } from './compare.ts';
import { CELL_RATE, LEVEL } from './row.ts';
import type { ComparisonRow, ComparisonSet } from './schema.ts';

/**
 * Compares two series rated by different judges, the new judge's ratings carried to the old one's
 * scale. The bridge's own error is in the intervals; tests are t tests with it, adjusted by Holm
 * (cells: Benjamini–Hochberg). Throws OperatorError where the bridge does not fit the series.
 */
export function compareAcrossBridge(
  [candidate, baseline]: readonly [ScoredSeries, ScoredSeries],
  bridge: Bridge,
  options: CompareOptions = {},
): ComparisonSet {
  const carried = [candidate, baseline].find(({ judgeKey }) => judgeKey === bridge.new.key);
  const kept = [candidate, baseline].find(({ judgeKey }) => judgeKey === bridge.old.key);
  if (!carried || !kept)
    throw new OperatorError(
      `The bridge leads from ${bridge.new.name} to ${bridge.old.name} with their settings and rubrics; ${candidate.label} and ${baseline.label} were not rated by these two.`,
    );
  const lines = linesOf(bridge, carried);
  const pair = [candidate, baseline].map((series) =>
    series === carried ? onOldScale(series, lines) : series,
  );
  const set = compareAll(pair, { ...options, bridge: true });
  const shared = new Set(kept.rows.map(({ item }) => item));
  const inside = carried.rows.filter(({ item }) => shared.has(item));
  return {
    ...set,
    carried: {
      from: bridge.new.name,
      to: bridge.old.name,
      series: carried.label,
      method: bridge.method,
      outside: inside.filter((row) => isOutside(row, lines)).length,
    },
    comparisons: set.comparisons.map((comparison) => ({
      ...comparison,
      rows: adjusted(comparison.rows.map((row) => widened(row, inside, lines))),
    })),
  };
}

function linesOf(bridge: Bridge, { rows, label }: ScoredSeries): Map<string, BridgedCulture> {
  const lines = new Map(bridge.cultures.map((line) => [line.culture, line]));
  const absent = new Set(rows.map(({ culture }) => culture).filter((one) => !lines.has(one)));
  if (absent.size > 0)
    throw new OperatorError(
      `${label} has questions of ${[...absent].join(', ')}, which the bridge does not cover (${[...lines.keys()].join(', ')}). Make the bridge from answers of these cultures too.`,
    );
  return lines;
}

function onOldScale(
  series: ScoredSeries,
  lines: ReadonlyMap<string, BridgedCulture>,
): ScoredSeries {
  return {
    ...series,
    rows: series.rows.map((row) => {
      const line = lines.get(row.culture);
      return row.rating === null || !line ? row : { ...row, rating: carry(line, row.rating) };
    }),
  };
}

function isOutside({ rating, culture }: ScoredRow, lines: ReadonlyMap<string, BridgedCulture>) {
  const line = lines.get(culture);
  return rating !== null && line !== undefined && (rating < line.from || rating > line.to);
}

/** SE² of the row plus Σ W_c² Var(a_c + b_c x̄_c), with Satterthwaite's degrees of freedom. */
function widened(
  row: ComparisonRow,
  inside: readonly ScoredRow[],
  lines: ReadonlyMap<string, BridgedCulture>,
): ComparisonRow {
  const { difference, se, df, by } = row;
  const open = {
    bounds: null,
    finding: 'unresolved',
    neededQuestions: null,
    neededAnswers: null,
  } as const;
  if (difference === null || se === null || df === null) return { ...row, ...open, p: null };
  const parts = bridgeParts(
    inside.filter(
      ({ culture, category }) =>
        (by.culture ?? culture) === culture && (by.category ?? category) === category,
    ),
    lines,
  );
  const all = [{ variance: se ** 2, df }, ...parts];
  const variance = all.reduce((sum, part) => sum + part.variance, 0);
  const spread = all.reduce(
    (sum, part) => sum + (part.variance > 0 ? part.variance ** 2 / part.df : 0),
    0,
  );
  const wide = {
    mean: difference,
    se: Math.sqrt(variance),
    df: spread > 0 ? variance ** 2 / spread : df,
  };
  const interval = differenceInterval(wide);
  return {
    ...row,
    ...open,
    se: wide.se,
    df: wide.df,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: `${row.method}; the bridge's error added`,
    p: wide.se > 0 ? 2 * studentTCdf(-Math.abs(difference / wide.se), wide.df) : null,
    detectable: detectableAt(wide),
  };
}

function bridgeParts(rows: readonly ScoredRow[], lines: ReadonlyMap<string, BridgedCulture>) {
  const rated = rows.filter(({ rating }) => rating !== null);
  return [...lines.values()].flatMap((line) => {
    const own = rated.flatMap(({ culture, rating }) =>
      culture === line.culture && rating !== null ? [rating] : [],
    );
    const centre = mean(own);
    if (centre === null) return [];
    const weight = own.length / rated.length;
    return [{ variance: weight ** 2 * carryVariance(line, centre), df: line.df }];
  });
}

/** Within each family; cells at a false discovery rate. */
function adjusted(rows: readonly ComparisonRow[]): ComparisonRow[] {
  const byFamily = new Map<Family, ComparisonRow[]>();
  for (const row of rows) byFamily.set(row.family, [...(byFamily.get(row.family) ?? []), row]);
  const values = new Map<ComparisonRow, number>();
  for (const [family, members] of byFamily) {
    const tested = members.filter(({ p }) => p !== null);
    const raw = tested.map(({ p }) => p ?? 1);
    const corrected = family === 'cells' ? benjaminiHochberg(raw) : holm(raw);
    tested.forEach((row, index) => {
      values.set(row, corrected[index] ?? 1);
    });
  }
  return rows.map((row) => {
    const value = values.get(row) ?? null;
    const level = row.family === 'cells' ? CELL_RATE : LEVEL;
    const found = value !== null && value <= level && row.difference !== null;
    return {
      ...row,
      adjusted: value,
      finding: found ? direction(row.difference ?? 0) : 'unresolved',
    };
  });
}

function direction(difference: number): ComparisonRow['finding'] {
  return difference > 0 ? 'candidate-higher' : 'baseline-higher';
}
