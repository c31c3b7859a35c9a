import type { Estimate } from '../../domain/estimate.ts';
import { differenceInterval } from '../../series/contrasts/difference-interval.ts';
import { estimateClusteredMean, mean } from '../../stats/means/describe.ts';
import type { RatedAnswer } from '../agreement/levels/pairs.ts';

/** All pairs of an answer's ratings by people. */
function apart(ratings: readonly number[]): number[] {
  return ratings.flatMap((one, index) =>
    ratings.slice(index + 1).map((other) => Math.abs(one - other)),
  );
}

/**
 * How much farther a judge is from a person than two people are from each other, on answers that both
 * the judge and two people rated: mean over answers of mean |judge - person| - mean |person - person|,
 * with a 95 % t interval clustered by question. Answers weigh alike. null without such an answer.
 */
export function judgeSingles(
  answers: readonly RatedAnswer[],
  labels: readonly string[],
): Estimate | null {
  const seen = new Set<string>();
  const rows = answers.flatMap(({ answer, cluster, judges, raters }) => {
    const rating = labels.flatMap((label) => judges.get(label) ?? [])[0];
    const people = raters.map((one) => one.rating);
    const between = mean(apart(people));
    if (rating === undefined || between === null || seen.has(answer)) return [];
    seen.add(answer);
    const judge = mean(people.map((person) => Math.abs(rating - person))) ?? 0;
    return [{ cluster, farther: judge - between }];
  });
  const value = mean(rows.map(({ farther }) => farther));
  if (value === null) return null;
  const estimate = estimateClusteredMean(
    rows.map(({ farther }) => farther),
    rows.map(({ cluster }) => cluster),
  );
  const interval = estimate && differenceInterval(estimate);
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: rows.length,
    missing: 0,
    method: `judge to person less person to person on the same answers; ${interval ? '95 % t, clustered by question' : 'no interval'}`,
  };
}
