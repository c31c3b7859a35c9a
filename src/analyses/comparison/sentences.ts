import { counted } from '../../domain/counted.ts';
import { detectsText, pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import { sliceName } from '../../series/names/series.ts';
import type { Comparison, ComparisonRow, ComparisonSet } from './schema.ts';

const IDS_LISTED = 10;

/** What a comparison says, in words: the total, what differs, what is missing. */
export function comparisonSentences(comparison: Comparison, set: ComparisonSet): string[] {
  const { rows } = comparison;
  const total = rows.find(({ family }) => family === 'total');
  return [
    ...(total ? [totalSentence(total, comparison)] : []),
    slicesSentence(rows.filter(({ family }) => family === 'slices')),
    ...skewSentences(rows),
    ...missingSentences(total, comparison),
    ...leftOutSentences(comparison, set),
  ];
}

function totalSentence(total: ComparisonRow, { candidate, baseline }: Comparison): string {
  const { difference, finding, neededQuestions, p, clusters } = total;
  if (difference === null) return `${candidate} and ${baseline} share no rated question.`;
  const size = `${signed(difference)}, 95 % interval ${rangeText(total)}, p ${equals(total.adjusted)}`;
  if (finding !== 'unresolved') {
    const word = finding === 'candidate-higher' ? 'higher' : 'lower';
    return `${candidate} is rated ${word} than ${baseline}: ${size}.`;
  }
  if (p === null)
    return `${candidate} and ${baseline} were not tested: ${signed(difference)}, 95 % interval ${rangeText(total)}. With ${counted(clusters, 'question')} no data could reach 5 %; six are the least.`;
  const needed =
    neededQuestions === null
      ? ''
      : ` A difference of the size seen would need ${counted(neededQuestions, 'question')}.`;
  const detects = total.detectable === null ? '' : ` This design detects ${detectsText(total)}.`;
  return `${candidate} and ${baseline} are too close to call: ${size}.${detects}${needed}`;
}

/** Beyond this the two-sided error of t and sign-flips at 5 % is above 6 %. */
const SKEWED = 0.2;

function skewSentences(rows: readonly ComparisonRow[]): string[] {
  const skewed = rows.filter(
    ({ skewness, family }) => family !== 'cells' && Math.abs(skewness ?? 0) > SKEWED,
  );
  if (skewed.length === 0) return [];
  return [
    `Skewed differences (${skewed.map(({ by }) => sliceName(by)).join(', ')}): a few questions with large differences to one side weigh much. p and interval are exact for differences symmetric about their mean; here read a p near 5 % as unresolved.`,
  ];
}

function equals(p: number | null): string {
  const text = pText(p);
  return text.startsWith('<') ? `< ${text.slice(1)}` : `= ${text}`;
}

function slicesSentence(rows: readonly ComparisonRow[]): string {
  const found = rows.filter(({ finding }) => finding !== 'unresolved');
  if (found.length === 0) return 'No culture and no category differs after adjustment.';
  const listed = found.map(
    ({ by, difference }) => `${sliceName(by)} ${difference === null ? '' : signed(difference)}`,
  );
  return `Different after adjustment: ${listed.join(', ')}.`;
}

function missingSentences(
  total: ComparisonRow | undefined,
  { missingness: { p } }: Comparison,
): string[] {
  if (!total || total.missing.candidate + total.missing.baseline === 0) return [];
  const { missing, bounds } = total;
  const uneven = p <= 0.05 ? `; one side misses more than the other (McNemar p ${equals(p)})` : '';
  const range =
    bounds === null
      ? ''
      : ` At worst and at best the missing ratings would make the difference ${signed(bounds.low)} and ${signed(bounds.high)}.`;
  return [
    `Missing: ${counted(missing.candidate, 'question')} of the first, ${missing.baseline} of the second${uneven}.${range}`,
  ];
}

function leftOutSentences(
  { leftOut, candidate, baseline }: Comparison,
  { questions }: ComparisonSet,
): string[] {
  return [
    { label: candidate, ids: leftOut.candidate },
    { label: baseline, ids: leftOut.baseline },
  ].flatMap(({ label, ids }) => {
    if (ids.length === 0) return [];
    const more = ids.length > IDS_LISTED ? ` and ${ids.length - IDS_LISTED} more` : '';
    const share = twoDecimals((100 * ids.length) / (questions + ids.length));
    return [
      `Left out, as not all sides have them: ${counted(ids.length, 'question')} of ${label} (${share} %): ${ids.slice(0, IDS_LISTED).join(', ')}${more}.`,
    ];
  });
}
