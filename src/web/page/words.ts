import { REASON_LABELS } from '../../report/tables/coverage-table.ts';
import type { Party, Query, Relation, Sort, Status } from '../answers/query.ts';

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  rated: 'Rated',
  ...REASON_LABELS,
  truncated: 'Cut short',
  suspect: 'Holds a verdict',
  other_language: 'Other language',
  conflicting: 'Conflicting verdict',
  people: 'Rated by people',
};

export const FILTER_LABELS: Readonly<Record<keyof Query['chosen'], string>> = {
  model: 'Model',
  style: 'Prompting',
  judge: 'Judge',
  culture: 'Culture',
  category: 'Category',
  scope: 'Scope',
  language: 'Language',
};

export const PARTY_LABELS: Readonly<Record<Party, string>> = {
  judges: 'between judges',
  people: 'between judges and people',
  trials: 'between trials',
};

export const SORT_LABELS: Readonly<Record<Sort, readonly [up: string, down: string]>> = {
  plan: ['As planned', 'As planned, last first'],
  rating: ['Lowest rating first', 'Highest rating first'],
  people: ['Lowest rating by people first', 'Highest rating by people first'],
  apart: ['Least disagreement first', 'Most disagreement first'],
  length: ['Shortest answer first', 'Longest answer first'],
  difference: ['Lowest difference first', 'Highest difference first'],
};

export const RELATION_LABELS: Readonly<Record<Relation, string>> = {
  differ: 'Differ by 1 or more',
  gained: 'First higher',
  lost: 'First lower',
  low: 'All at 4 or lower',
};

const COUNT = new Intl.NumberFormat('en');
export const countText = (count: number) => COUNT.format(count);

/** One decimal unless it is whole. */
export const ratingText = (rating: number) =>
  Number.isInteger(rating) ? String(rating) : rating.toFixed(1);
