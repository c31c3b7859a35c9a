import { counted } from '../../domain/counted.ts';
import type { Estimate } from '../../domain/estimate.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { ABSENT, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import { driftSentences } from '../drift/sentences.ts';
import type { CardUse, JudgeCard, Use } from './schema.ts';

const USE_NAMES = {
  'within-culture': 'Comparing models within a culture',
  'across-cultures': 'Comparing cultures',
  'single-answers': 'Single answers',
  'over-time': 'Its own ratings from before',
  'other-judges': 'Another judge’s ratings',
} as const satisfies Record<Use, string>;

const MAY = { yes: 'yes', no: 'no', unknown: 'not known' } as const satisfies Record<
  CardUse['may'],
  string
>;

export function cardTitle({ judge, runs }: JudgeCard): string {
  return `Judge card: ${judge.name}, in ${runs.join(' and ')}`;
}

/** Use by use: whether, from what difference on, why. */
export function useRows({ uses }: JudgeCard): string[][] {
  return uses.map(({ use, may, least, because }) => [
    USE_NAMES[use],
    `${MAY[may]}${least === null ? '' : `, from ${twoDecimals(least)} points on`}`,
    because,
  ]);
}
export const USE_HEADINGS = ['Use', 'Fit for it', 'Why'] as const;

/** What is known, topic by topic. */
export function factRows(card: JudgeCard): string[][] {
  return [
    ['Asked', asked(card)],
    ['Judgments', judgments(card)],
    ...peopleRows(card),
    ...card.components.map(({ model, variant, style, judging, reliability }) => [
      `Asked again: ${modelLabel({ name: model, variant })}, ${style}`,
      [
        judging === null
          ? 'judged once an answer'
          : `SD of judgings of one answer ${twoDecimals(Math.sqrt(Math.max(0, judging.variance)))}`,
        reliability === null ? '' : `reliability ${twoDecimals(reliability)}`,
      ]
        .filter((part) => part !== '')
        .join('; '),
    ]),
    ...card.juries.map(({ jury, judges, aggregate }) => [
      `Sits on ${jury}`,
      `${aggregate} of ${judges.join(', ')}`,
    ]),
    ...card.expected.map(({ model, variant, style, estimate, mass, told }) => [
      `Expected rating: ${modelLabel({ name: model, variant })}, ${style}`,
      `${figure(estimate)}; mass ${mass === null ? ABSENT : twoDecimals(mass)} over ${counted(told, 'judgment')}`,
    ]),
    ...card.drift.flatMap((drift) =>
      driftSentences(drift).map(({ text }) => [`Drift, ${drift.run}`, text]),
    ),
    ...card.bridges.flatMap(({ old, cultures }) =>
      cultures.map(({ culture, shift, slope, residualSd }) => [
        `Beside ${old.name}, ${culture}`,
        `${shift.value === null ? ABSENT : signed(shift.value)} (${rangeText(shift)}) on ${counted(shift.n, 'answer')}; slope ${twoDecimals(slope)}, residual SD ${twoDecimals(residualSd)}`,
      ]),
    ),
  ];
}

function asked({ judge }: JudgeCard): string {
  const { model, served, family, format, expectedRating } = judge;
  return [
    `as ${model ?? 'a recording'}`,
    served.length === 0 ? 'its endpoint named nothing' : `served as ${served.join('; ')}`,
    family === null ? 'no family stated' : `family ${family}`,
    `verdicts as ${format === 'json' ? 'JSON' : 'text'}`,
    ...(expectedRating ? ['with token probabilities'] : []),
  ].join(', ');
}

function judgments({ coverage: { planned, rated, missing } }: JudgeCard): string {
  const reasons = Object.entries(missing).map(
    ([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`,
  );
  return `${rated} of ${planned} gave a rating${reasons.length === 0 ? '' : `; ${reasons.join(', ')}`}`;
}

const LEVELS = {
  pooled: 'pooled',
  within: 'within culture × model',
  question: 'per question',
  system: 'between models',
} as const;

function peopleRows({ agreement, errors, people, humanScale }: JudgeCard): string[][] {
  const levels = (agreement?.levels ?? []).flatMap(({ level, figures: { pearson } }) =>
    pearson?.value == null ? [] : `${LEVELS[level]} ${coefficient(pearson)}`,
  );
  const pooled = agreement?.levels.find(({ level }) => level === 'pooled')?.figures;
  return [
    ...(agreement === null
      ? []
      : [
          [
            'Beside people',
            `${counted(agreement.pairs, 'pair')} with ${counted(agreement.raters, 'rater')}; r ${levels.join(', ')}`,
          ],
        ]),
    ...(pooled?.meanAbsoluteError?.value == null
      ? []
      : [
          [
            'Error on one answer',
            `${figure(pooled.meanAbsoluteError)}${people?.value == null ? '' : `; two people ${figure(people)}`}`,
          ],
        ]),
    ...(agreement?.cultures ?? []).map(({ culture, bias }) => [
      `Bias, ${culture}`,
      bias.value === null ? ABSENT : `${signed(bias.value)} (${rangeText(bias)})`,
    ]),
    ...errors.map(({ model, culture, error }) => [
      `Bias for ${model}, ${culture}`,
      error.value === null
        ? ABSENT
        : `${signed(error.value)} (${rangeText(error)}), n = ${error.n}`,
    ]),
    ...(humanScale?.rows ?? []).flatMap(({ model, variant, style, by, raw, estimate, basis }) =>
      by.culture !== undefined || basis === 'refused'
        ? []
        : [
            [
              `Human scale: ${modelLabel({ name: model, variant })}, ${style}`,
              `${figure(estimate)}; the judge ${raw === null ? ABSENT : twoDecimals(raw)}${basis === 'carried' ? '; carried over from other models' : ''}`,
            ],
          ],
    ),
  ];
}

function coefficient({ value, low, high }: Estimate): string {
  const range =
    low === null || high === null ? '' : ` (${twoDecimals(low)} to ${twoDecimals(high)})`;
  return `${value === null ? ABSENT : twoDecimals(value)}${range}`;
}

function figure(estimate: Estimate): string {
  return `${coefficient(estimate)}, n = ${estimate.n}`;
}

export function unmeasuredRows({ unmeasured }: JudgeCard): string[][] {
  return unmeasured.map(({ what, measure }) => [what, measure]);
}
