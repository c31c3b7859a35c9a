import { fingerprint } from '../../domain/fingerprint.ts';
import { createOverlapIndex } from '../../overlap/overlap-index.ts';
import { pick } from '../../stats/at.ts';
import type { RatedQuestion } from './candidates.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Shares of train, validation and test; they add up to 1. */
export type SplitShares = Readonly<Record<Split, number>>;

/** Questions that share so much are one question: they stay in one split. */
const SAME = 0.8;

/**
 * Puts each question into a split by the hash of seed and group, so that a question stays where it is
 * when others are added. A group is a cluster, or questions that are duplicates or nearly so; it is
 * never divided. Shares hold on average.
 */
export function splitQuestions(
  questions: readonly RatedQuestion[],
  shares: SplitShares,
  seed: number,
): ReadonlyMap<string, Split> {
  const groups = groupsOf(questions);
  return new Map(
    questions.map(({ key }, at) => [key, splitOf(fingerprint([seed, pick(groups, at)]), shares)]),
  );
}

/** 52 bits of the hash as a number in [0, 1). */
function splitOf(hash: string, { train, validation }: SplitShares): Split {
  const at = Number.parseInt(hash.slice(0, 13), 16) / 2 ** 52;
  if (at < train) return 'train';
  return at < train + validation ? 'validation' : 'test';
}

/** Each question's group by the least key in it. */
function groupsOf(questions: readonly RatedQuestion[]): string[] {
  const parents = questions.map((_, at) => at);
  const rootOf = (at: number): number => {
    const parent = pick(parents, at);
    return parent === at ? at : rootOf(parent);
  };
  const join = (one: number, other: number) => {
    parents[rootOf(other)] = rootOf(one);
  };
  const index = createOverlapIndex(questions.map(({ question }) => question));
  const clusters = new Map<string, number>();
  for (const [at, { question, cluster }] of questions.entries()) {
    for (const { known } of index.find(question, SAME)) join(known, at);
    if (cluster === null) continue;
    const first = clusters.get(cluster);
    if (first === undefined) clusters.set(cluster, at);
    else join(first, at);
  }
  const least = new Map<number, string>();
  for (const [at, { key }] of questions.entries()) {
    const root = rootOf(at);
    const known = least.get(root);
    if (known === undefined || key < known) least.set(root, key);
  }
  return questions.map((_, at) => least.get(rootOf(at)) ?? '');
}
