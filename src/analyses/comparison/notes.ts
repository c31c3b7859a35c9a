import { counted } from '../../domain/counted.ts';
import type { ComparisonSet } from './schema.ts';

const MISSING_NOTE = 'a question without a rating on either side is left out of the pair';

const RIGHT_ANSWERS_NOTE =
  'Right answers are in percent, differences in points of a hundred. Sign-flips of right and wrong answers alone are McNemar’s exact test.';

/** Pairs that the p-values are adjusted over; a report shows some of them. */
export function pairsOf({ series }: ComparisonSet): number {
  return (series.length * (series.length - 1)) / 2;
}

/** What must be known before any figure where the sides were not judged alike; at most one. */
export function basisOf({
  bridged,
  carried,
}: ComparisonSet): { readonly label: string; readonly sentence: string }[] {
  if (carried) return [{ label: 'Carried', sentence: carriedSentence(carried) }];
  if (!bridged) return [];
  return [
    {
      label: 'Bridged',
      sentence:
        'Not the same judge and rubrics on all sides. A difference may be the judges’, not the models’.',
    },
  ];
}

function carriedSentence({
  from,
  to,
  series,
  method,
  outside,
}: NonNullable<ComparisonSet['carried']>): string {
  const range =
    outside === 0
      ? ''
      : ` ${counted(outside, 'question')} of it outside the range that the bridge was made from.`;
  return `${series} was rated by ${from} and carried to the scale of ${to} (${method}); the bridge’s error is in the intervals, what the judges think of single models is not.${range}`;
}

/** How to read the figures of a comparison. */
export function comparisonNotes(set: ComparisonSet): string[] {
  const { questions, estimand } = set;
  return [
    `${counted(questions, 'question')} that all sides have; difference = first minus second, paired by question; ${MISSING_NOTE}.`,
    `Intervals are 95 % for a row by itself (stratified, clustered t) and speak about ${estimand}.`,
    testNote(set),
    ...(set.scale === 'accuracy' ? [RIGHT_ANSWERS_NOTE] : []),
    'p is adjusted over the pairs shown here or counted above: where more models are compared, as in a report, the same two have a larger p than in a comparison of those two alone.',
    'p is exact for differences symmetric about their mean. Detects: the difference that this design finds with 80 % power, at 5 % for a row by itself; – under six questions, which no test can tell apart. Needs: questions (q), or answers a question (a) where reruns were measured, to find a difference of the size seen. "Not resolved" is not "equal".',
  ];
}

const ADJUSTMENTS = { holm: 'Holm', 'max-t': 'max-T', 'bonferroni-t': 'Bonferroni' } as const;

function testNote(set: ComparisonSet): string {
  const { test, carried } = set;
  if (carried)
    return `p: t tests with the bridge’s error, two-sided; total, cultures and categories adjusted by Holm at ${test.level * 100} %, culture × category by Benjamini–Hochberg at ${test.cellRate * 100} %: exploratory.`;
  const count = pairsOf(set);
  const pairs = count > 1 ? ` over all ${count} pairs` : '';
  const adjusted = `total${pairs} and cultures with categories adjusted by ${ADJUSTMENTS[test.adjustment]} at ${test.level * 100} %`;
  if (test.adjustment === 'bonferroni-t')
    return `p: paired t, two-sided, as the pairs are too many for sign-flips; ${adjusted}, culture × category likewise at ${test.cellRate * 100} %: exploratory.`;
  const flips = test.exact ? `all ${test.flips} sign-flips` : `${test.flips} sign-flips`;
  return `p: ${flips}, studentised, two-sided (seed ${test.seed}); ${adjusted}, culture × category by Benjamini–Hochberg at ${test.cellRate * 100} %: exploratory.`;
}
