import { counted } from '../../../domain/counted.ts';
import type { Agreement, AgreementReport } from '../schema.ts';

/** What the ratings are, for the head of a report. */
export function ratingSentences({ human }: AgreementReport): string[] {
  if (human.ratings === 0) return ['No human ratings are in the store.'];
  const where =
    human.outside === 0
      ? 'all of them answers of these runs'
      : `${human.linked.toLocaleString('en-US')} of them answers of these runs`;
  return [
    `${counted(human.ratings, 'human rating')} of ${counted(human.answers, 'answer')} (${where}) by ${counted(human.raters, 'rater')}.`,
    ...(human.rescaled > 0
      ? [
          `${counted(human.rescaled, 'rating')} were given on another scale and mapped onto 1–10: bias, error, exact agreement and slope depend on that mapping.`,
        ]
      : []),
  ];
}

/** What is compared, and why the levels differ. */
export function agreementSentences(agreement: Agreement): string[] {
  const whole = agreement.slices[0];
  if (!whole) return [];
  const { pairs, answers, questions, missing } = whole;
  const who =
    agreement.kind === 'judge-judge'
      ? ''
      : `, ${counted(agreement.raters, 'rater')}${agreement.kind === 'human-human' ? '; correlations, κ and shares are means over the pairs of raters, α is over all ratings, ICC over the answers that all of them rated' : ''}`;
  return [
    `${counted(pairs, 'pair')} of ratings of ${counted(answers, 'answer')} to ${counted(questions, 'question')}${who}.`,
    ...(missing > 0
      ? [`${counted(missing, 'answer')} with ratings on one side only: left out, not guessed.`]
      : []),
    ...(agreement.kind === 'judge-judge' ? [] : [RATERS]),
    ...agreement.explanation,
    ...(agreement.kind === 'judge-human' ? [PAPER] : []),
  ];
}

const RATERS =
  'The intervals are for these raters: questions vary in them, people do not, so that other raters may give figures outside them.';

/** Guo et al. 2025, appendix C.2. */
const PAPER =
  'The CARE paper reports r .933, ρ .901 and τ .733 between GPT-4o and native speakers, over everything pooled: compare them with the pooled column alone.';
