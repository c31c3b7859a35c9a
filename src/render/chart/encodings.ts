import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';

/** The rating scale, whole: a bar that began elsewhere would make small differences look large. */
export const RATING_SCALE = {
  domain: [RATING_MIN, RATING_MAX],
  zero: false,
  nice: false,
  clamp: true,
};

export const RATING_TITLE = 'Mean rating (1–10)';

export const RATING_AXIS = {
  values: [1, 4, 7, 10],
  labelFlush: false,
  format: 'd',
  title: RATING_TITLE,
};

/** What a pointer over a figure shows. */
export const TOOLTIP = [
  { field: 'label', type: 'nominal', title: 'Model' },
  { field: 'place', type: 'nominal', title: 'Questions' },
  { field: 'style', type: 'nominal', title: 'Prompting' },
  { field: 'value', type: 'quantitative', title: 'Mean rating', format: '.2f' },
  { field: 'low', type: 'quantitative', title: '95 % interval from', format: '.2f' },
  { field: 'high', type: 'quantitative', title: 'to', format: '.2f' },
  { field: 'n', type: 'quantitative', title: 'Rated questions' },
  { field: 'missing', type: 'quantitative', title: 'Missing ratings' },
] as const;
