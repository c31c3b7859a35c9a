import type { MeanEstimate } from '../means/describe.ts';

export interface SlopePoint {
  readonly x: number;
  readonly y: number;
  /** Question and model, say: points that share a label of one kind share an intercept of their own. */
  readonly effects: readonly string[];
  readonly cluster: string;
}

/**
 * Least squares with fixed effects of every kind: b = Σ x̃ỹ / Σ x̃², where x̃ and ỹ are what is left when
 * the effects' means are taken out in turn until nothing changes (Guimarães & Portugal 2010), with the
 * CR1 error √(G/(G-1) · Σ_c (Σ_{i in c} x̃e)²) / Σ x̃² and G - 1 degrees of freedom (Cameron & Miller
 * 2015). null below two clusters, or where x has no spread of its own.
 */
export function withinSlope(points: readonly SlopePoint[]): MeanEstimate | null {
  const kinds = points[0]?.effects.map((_, kind) =>
    points.map(({ effects }) => effects[kind] ?? ''),
  );
  const x = residuals(
    points.map((point) => point.x),
    kinds ?? [],
  );
  const y = residuals(
    points.map((point) => point.y),
    kinds ?? [],
  );
  const clusters = new Set(points.map(({ cluster }) => cluster)).size;
  const squares = x.reduce((sum, value) => sum + value * value, 0);
  if (clusters < 2 || squares <= points.length * EXHAUSTED) return null;
  const slope = x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0) / squares;
  const scores = new Map<string, number>();
  for (const [index, { cluster }] of points.entries()) {
    const own = x[index] ?? 0;
    scores.set(cluster, (scores.get(cluster) ?? 0) + own * ((y[index] ?? 0) - slope * own));
  }
  const meat = [...scores.values()].reduce((sum, score) => sum + score * score, 0);
  return {
    mean: slope,
    se: Math.sqrt((clusters / (clusters - 1)) * meat) / squares,
    df: clusters - 1,
    n: points.length,
  };
}

/** What is left of x per point where the effects explain all of it. */
const EXHAUSTED = 1e-12;
const SETTLED = 1e-10;
const MOST_ROUNDS = 200;

/** Takes out the means of every kind of effect, over and over, until they are all 0. */
function residuals(values: readonly number[], kinds: readonly (readonly string[])[]): number[] {
  let left = [...values];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let largest = 0;
    for (const labels of kinds) {
      const means = meansBy(left, labels);
      left = left.map((value, index) => value - (means.get(labels[index] ?? '') ?? 0));
      for (const taken of means.values()) largest = Math.max(largest, Math.abs(taken));
    }
    if (largest < SETTLED) break;
  }
  return left;
}

function meansBy(values: readonly number[], labels: readonly string[]): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [index, label] of labels.entries()) {
    const { sum, count } = sums.get(label) ?? { sum: 0, count: 0 };
    sums.set(label, { sum: sum + (values[index] ?? 0), count: count + 1 });
  }
  return new Map([...sums].map(([label, { sum, count }]) => [label, sum / count]));
}
