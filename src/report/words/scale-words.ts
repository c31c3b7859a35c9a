import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Scale } from '../../domain/solution.ts';
import { type Phrase, phrase } from '../../render/safe-text.ts';

/** How figures of a scale are put. */
export interface Words {
  readonly figure: (value: number) => string;
  readonly reaches: (figures: string) => string;
  readonly nothing: Phrase;
  /** What is missing, as a clause. */
  readonly missing: (summary: RunSummary) => Phrase;
  /** The same as a short sentence. */
  readonly gaps: (summary: RunSummary) => Phrase;
}

export const WORDS: Readonly<Record<Scale, Words>> = {
  rating: {
    figure: (value) => value.toFixed(2),
    reaches: (figures) => `reaches a mean rating of ${figures} out of 10`,
    nothing: phrase`Nothing is rated yet.`,
    missing,
    gaps: ({ planned, rated }) => {
      const lost = planned - rated;
      if (lost === 0) return phrase`No rating is missing.`;
      return phrase`${countText(lost)} ${lost === 1 ? 'rating is' : 'ratings are'} missing (${shareText(lost, planned)}).`;
    },
  },
  accuracy: {
    figure: (value) => (100 * value).toFixed(1),
    reaches: (figures) => `gives the right answer to ${figures} percent of the questions`,
    nothing: phrase`No answer is scored yet.`,
    missing: unread,
    gaps: (summary) => {
      const { planned, lost } = readings(summary);
      if (lost === 0) return phrase`Every answer could be read.`;
      return phrase`${countText(lost)} ${lost === 1 ? 'answer is' : 'answers are'} unread or missing (${shareText(lost, planned)}).`;
    },
  },
};

function missing({ planned, rated }: RunSummary): Phrase {
  const lost = planned - rated;
  if (lost === 0) return phrase`none of the ${countText(planned)} planned ratings is missing`;
  return phrase`${countText(lost)} of ${countText(planned)} planned ratings ${lost === 1 ? 'is' : 'are'} missing (${shareText(lost, planned)})`;
}

function unread(summary: RunSummary): Phrase {
  const { planned, lost } = readings(summary);
  if (lost === 0) return phrase`all of the ${countText(planned)} answers could be read`;
  return phrase`${countText(lost)} of ${countText(planned)} answers are unread or missing (${shareText(lost, planned)})`;
}

function readings({ accuracy }: RunSummary): { readonly planned: number; readonly lost: number } {
  const whole = (accuracy?.figures ?? []).filter(({ by }) => Object.keys(by).length === 0);
  const sum = (what: 'planned' | 'unread' | 'missing') =>
    whole.reduce((total, figure) => total + figure[what], 0);
  return { planned: sum('planned'), lost: sum('unread') + sum('missing') };
}

function countText(count: number): string {
  return count.toLocaleString('en');
}

function shareText(lost: number, planned: number): string {
  return `${((100 * lost) / planned).toFixed(lost * 1000 < planned ? 2 : 1)} %`;
}
