import { centredSums } from '../agreement/correlation.ts';
import { pick } from '../at.ts';

/** A rating by the judge and what people gave to the same answer. */
export interface Label {
  readonly judge: number;
  readonly human: number;
}

/** Takes a judge's rating to the human scale. */
export type Calibration = (rating: number) => number;

export const CALIBRATIONS = { affine: fitAffine, isotonic: fitIsotonic } as const;
export type CalibrationMethod = keyof typeof CALIBRATIONS;

/** Least squares, human = a + b · judge; the human mean where the judge does not vary. null for no label. */
export function fitAffine(labels: readonly Label[]): Calibration | null {
  const sums = centredSums(
    labels.map(({ judge }) => judge),
    labels.map(({ human }) => human),
  );
  if (sums === null) return null;
  const slope = sums.xx > 0 ? sums.xy / sums.xx : 0;
  return (rating) => sums.meanY + slope * (rating - sums.meanX);
}

interface Block {
  sum: number;
  n: number;
  from: number;
  to: number;
}

/**
 * The rising step function of least squares by pooling adjacent violators (Ayer et al. 1955), linear
 * between the judge's ratings and constant beyond them. null for no label.
 */
export function fitIsotonic(labels: readonly Label[]): Calibration | null {
  const blocks: Block[] = [];
  for (const { judge, human } of labels.toSorted((a, b) => a.judge - b.judge)) {
    const last = blocks.at(-1);
    if (last && last.from === judge && last.to === judge) {
      last.sum += human;
      last.n += 1;
    } else blocks.push({ sum: human, n: 1, from: judge, to: judge });
  }
  const pooled: Block[] = [];
  for (const block of blocks) {
    let next = { ...block };
    for (
      let last = pooled.at(-1);
      last && last.sum / last.n >= next.sum / next.n;
      last = pooled.at(-1)
    ) {
      next = { sum: last.sum + next.sum, n: last.n + next.n, from: last.from, to: next.to };
      pooled.pop();
    }
    pooled.push(next);
  }
  if (pooled.length === 0) return null;
  const knots = pooled.flatMap(({ sum, n, from, to }) => {
    const y = sum / n;
    return from === to
      ? [{ x: from, y }]
      : [
          { x: from, y },
          { x: to, y },
        ];
  });
  return (rating) => between(knots, rating);
}

function between(knots: readonly { readonly x: number; readonly y: number }[], x: number): number {
  const above = knots.findIndex((knot) => knot.x >= x);
  if (above < 0) return pick(knots, knots.length - 1).y;
  const right = pick(knots, above);
  if (above === 0 || right.x === x) return right.y;
  const left = pick(knots, above - 1);
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}
