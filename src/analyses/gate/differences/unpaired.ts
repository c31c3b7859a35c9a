import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { SCALE_RANGES, type Scale } from '../../../domain/solution.ts';
import { clusterName } from '../../../series/contrasts/strata.ts';
import { inPaperOrder } from '../../../series/names/order.ts';
import type { ScoredRow, ScoredSeries } from '../../../series/scores/scored-series.ts';
import { fisherExact } from '../../../stats/distributions/fisher-exact.ts';
import { studentTCdf } from '../../../stats/distributions/student-t.ts';
import { estimateClusteredMean, mean, variance } from '../../../stats/means/describe.ts';
import { createRandom } from '../../../stats/random/random.ts';
import type { FamilyEvidence, FamilySlice, Gaps, GateEvidence } from '../evidence.ts';
import { holmAlarms } from './alarms.ts';
import { oneSidedBounds } from './bounds.ts';
import { completed } from './worst-case.ts';

/** One culture × category cell of a series of which only averages are known. */
export interface BaselineCell {
  readonly culture: string;
  readonly category: string;
  readonly n: number;
  readonly mean: number;
  /** Over questions; null for one. */
  readonly sd: number | null;
  readonly gaps: Gaps;
}

export interface BaselineAverages {
  readonly label: string;
  readonly cells: readonly BaselineCell[];
}

/** Mean, variance and size of one side of a cell. */
interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Of one question; with clusters n times the squared error of the mean. */
  readonly variance: number | null;
  readonly df: number;
}

interface Cell {
  readonly culture: string;
  /** Questions of the candidate: what the cell weighs. */
  readonly weight: number;
  /** null where a side has no rating. */
  readonly candidate: Moments | null;
  readonly baseline: Moments | null;
  /** The same with all that is missing at its worst for the candidate. */
  readonly worst: { readonly candidate: Moments; readonly baseline: Moments };
  readonly gaps: { readonly candidate: Gaps; readonly baseline: Gaps };
}

/**
 * Measures a candidate against a baseline's averages, stratum by stratum: D = Σ w_c (ā_c - b̄_c),
 * SE² = Σ w_c² (s²_a/n_a + s²_b/n_b) with Welch–Satterthwaite's df, t tests adjusted by Holm. Where
 * questions come in clusters, the candidate's error is clustered and the baseline's, of which only a
 * spread over questions is known, is made larger by the same factor. The
 * questions' own difficulty stays in the error, so that this decides less than pairs would.
 */
export function measureUnpaired(
  candidate: ScoredSeries,
  baseline: BaselineAverages,
  { policy, bridged }: { readonly policy: GatePolicy; readonly bridged: boolean },
): GateEvidence {
  const { scale } = candidate;
  const cells = matchCells(candidate, baseline.cells);
  const cultures = inPaperOrder(
    'culture',
    cells.map(({ culture }) => culture),
  );
  const slices: FamilySlice[] = [{}, ...cultures.map((culture) => ({ culture }))];
  const measured = slices.map((by) => measureFamily(cells, by, { ...policy, scale }));
  const alarms = holmAlarms(measured.map(({ p }) => p));
  const gaps = gapsOf(cells);
  const table = [gaps.candidate, gaps.baseline].map(
    ({ planned, missing }) => [missing, planned - missing] as const,
  );
  const uneven = fisherExact(table, { random: createRandom(`gate ${policy.seed}`) });
  return {
    design: 'unpaired',
    bridged,
    pairs: [
      {
        scale,
        candidate: candidate.label,
        baseline: baseline.label,
        uneven: { test: 'Fisher', p: uneven?.p ?? 1 },
        identical: false,
        rerun: [undefined, undefined],
        leftOut: { candidate: [], baseline: [] },
      },
    ],
    families: measured.map((family, index) => ({ ...family, ...alarms[index] })),
  };
}

function matchCells({ rows, scale }: ScoredSeries, cells: readonly BaselineCell[]): Cell[] {
  const { low, high } = SCALE_RANGES[scale];
  return cells.flatMap(({ culture, category, n, mean: average, sd, gaps }) => {
    const own = rows.filter((row) => row.culture === culture && row.category === category);
    if (own.length === 0) return [];
    const rated = momentsOf(own, ({ rating }) => rating);
    const { factor, df } = clustering(rated);
    const known =
      n === 0
        ? null
        : {
            n,
            mean: average,
            variance: sd === null ? null : factor * sd * sd,
            df: Math.min(n - 1, df),
          };
    return [
      {
        culture,
        weight: own.length,
        candidate: rated,
        baseline: known,
        worst: {
          candidate: momentsOf(own, (row) => completed(row, low)) ?? {
            ...{ n: own.length, mean: low, variance: 0, df: own.length - 1 },
          },
          baseline: withMissingAt(known, gaps, high),
        },
        gaps: {
          candidate: {
            planned: own.reduce((sum, { planned }) => sum + planned, 0),
            missing: own.reduce((sum, row) => sum + row.planned - row.rated, 0),
          },
          baseline: gaps,
        },
      },
    ];
  });
}

interface ClusteredMoments extends Moments {
  /** Clustered variance over that of independent questions; 1 without clusters. */
  readonly factor: number;
}

function momentsOf(
  rows: readonly ScoredRow[],
  ratingOf: (row: ScoredRow) => number | null,
): ClusteredMoments | null {
  const known = rows.flatMap((row) => {
    const value = ratingOf(row);
    return value === null ? [] : [{ value, cluster: clusterName(row) }];
  });
  const values = known.map(({ value }) => value);
  const centre = mean(values);
  if (centre === null) return null;
  const n = values.length;
  const clusters = known.map(({ cluster }) => cluster);
  const plain = variance(values);
  const clustered = estimateClusteredMean(values, clusters);
  const grouped = clustered === null ? null : n * clustered.se ** 2;
  return {
    n,
    mean: centre,
    variance: grouped,
    df: clustered?.df ?? 0,
    factor: plain !== null && plain > 0 && grouped !== null ? Math.max(1, grouped / plain) : 1,
  };
}

/** What clusters of the candidate's questions do to the baseline's. */
function clustering(rated: ClusteredMoments | null) {
  const clustered = rated !== null && rated.df > 0 && rated.df < rated.n - 1;
  return clustered
    ? { factor: rated.factor, df: rated.df }
    : { factor: 1, df: Number.POSITIVE_INFINITY };
}

/** A mixture of what was rated and, by its share, what was not, put at `value`. */
function withMissingAt(known: Moments | null, { planned, missing }: Gaps, value: number): Moments {
  if (known === null)
    return { n: Math.max(1, planned), mean: value, variance: 0, df: Math.max(1, planned) - 1 };
  const share = planned === 0 ? 0 : missing / planned;
  const mean = known.mean * (1 - share) + value * share;
  const around = (centre: number) => (centre - mean) ** 2;
  return {
    n: known.n,
    mean,
    df: known.df,
    variance: (1 - share) * ((known.variance ?? 0) + around(known.mean)) + share * around(value),
  };
}

type FamilyMeasure = Omit<FamilyEvidence, 'adjusted'> & { readonly adjusted: null };

function measureFamily(
  cells: readonly Cell[],
  by: FamilySlice,
  { alpha, scale }: { readonly alpha: number; readonly scale: Scale },
): FamilyMeasure {
  const inside = cells.filter(({ culture }) => (by.culture ?? culture) === culture);
  const found = contrast(inside);
  const worst = contrast(inside.map((cell) => ({ ...cell, ...cell.worst })));
  const bounds = found && oneSidedBounds({ ...found, scale }, alpha);
  const { se = null, df = null } = found ?? {};
  return {
    pair: 0,
    by,
    difference: found?.difference ?? null,
    se,
    lower: bounds?.low ?? null,
    upper: bounds?.high ?? null,
    p: found && se && df ? studentTCdf(found.difference / se, df) : null,
    adjusted: null,
    n: inside.reduce((sum, { candidate }) => sum + (candidate?.n ?? 0), 0),
    gaps: gapsOf(inside),
    worstLower: (worst && oneSidedBounds({ ...worst, scale }, alpha)?.low) ?? null,
  };
}

function gapsOf(cells: readonly Cell[]): Cell['gaps'] {
  const sum = (side: 'candidate' | 'baseline', what: keyof Gaps) =>
    cells.reduce((total, { gaps }) => total + gaps[side][what], 0);
  const side = (name: 'candidate' | 'baseline') => ({
    planned: sum(name, 'planned'),
    missing: sum(name, 'missing'),
  });
  return { candidate: side('candidate'), baseline: side('baseline') };
}

interface Contrast {
  readonly difference: number;
  readonly se: number | null;
  readonly df: number | null;
  readonly clusters: number;
}

function contrast(
  all: readonly Pick<Cell, 'weight' | 'candidate' | 'baseline'>[],
): Contrast | null {
  const cells = all.flatMap(({ weight, candidate, baseline }) =>
    candidate && baseline ? [{ weight, candidate, baseline }] : [],
  );
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const sides = cells.flatMap(({ weight, candidate, baseline }) => [
    { ...candidate, share: weight / total },
    { ...baseline, share: -weight / total },
  ]);
  const pooled = pooledVariance(sides);
  const parts = sides.map(({ n, variance, df, share }) => ({
    squared: (share ** 2 * (variance ?? pooled ?? 0)) / n,
    df: Math.max(1, df),
  }));
  const squared = parts.reduce((sum, part) => sum + part.squared, 0);
  const spread = parts.reduce((sum, part) => sum + part.squared ** 2 / part.df, 0);
  return {
    difference: sides.reduce((sum, { share, mean }) => sum + share * mean, 0),
    se: pooled === null ? null : Math.sqrt(squared),
    df: squared > 0 ? squared ** 2 / spread : null,
    clusters: cells.reduce((sum, { candidate }) => sum + candidate.n, 0),
  };
}

/** Within cells; null where no cell has two questions. */
function pooledVariance(sides: readonly Moments[]): number | null {
  const known = sides.flatMap(({ variance, df }) => (variance === null ? [] : [{ df, variance }]));
  const df = known.reduce((sum, side) => sum + side.df, 0);
  return df === 0 ? null : known.reduce((sum, side) => sum + side.df * side.variance, 0) / df;
}
