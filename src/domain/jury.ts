import { z } from 'zod';

export const aggregateSchema = z.enum(['mean', 'median', 'trimmed']);
export type Aggregate = z.infer<typeof aggregateSchema>;

/** Several judges of a run taken as one. */
export interface Jury {
  readonly name: string;
  /** Positions in the run's judges. */
  readonly judges: readonly number[];
  /** `trimmed`: the mean without the highest and the lowest rating. */
  readonly aggregate: Aggregate;
  /** Judges of the rated model's own family do not sit. */
  readonly excludeOwnFamily: boolean;
}

/** Fewer ratings than this are no panel's; a trimmed mean leaves two out and needs one more. */
export const LEAST_SEATS: Readonly<Record<Aggregate, number>> = { mean: 2, median: 2, trimmed: 3 };

interface OfFamily {
  readonly family: string | null;
}

/**
 * Positions of the judges that rate a model for a jury. A family that the config does not state is
 * nobody's: nothing is guessed from names.
 */
export function seatsFor(
  { judges, excludeOwnFamily }: Pick<Jury, 'judges' | 'excludeOwnFamily'>,
  { family }: OfFamily,
  all: readonly OfFamily[],
): readonly number[] {
  if (!excludeOwnFamily || family === null) return judges;
  return judges.filter((judge) => all[judge]?.family !== family);
}

/** One rating of several; null for too few of them. */
export function aggregateRatings(ratings: readonly number[], aggregate: Aggregate): number | null {
  if (ratings.length < LEAST_SEATS[aggregate]) return null;
  const sorted = [...ratings].sort((a, b) => a - b);
  if (aggregate === 'mean') return mean(sorted);
  if (aggregate === 'trimmed') return mean(sorted.slice(1, -1));
  // The middle one, or the mean of the two in the middle.
  const half = (sorted.length - 1) / 2;
  return mean(sorted.slice(Math.floor(half), Math.ceil(half) + 1));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
