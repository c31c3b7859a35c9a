import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import { MISSING_REASONS } from '../../ports/run-archive.ts';
import { DIMENSIONS, type DimensionName } from './answer-table.ts';

/** What an answer can be found by; one may have several. The order is that of their bits. */
export const STATUSES = [
  'rated',
  ...MISSING_REASONS,
  'truncated',
  'suspect',
  'other_language',
  'conflicting',
  'people',
] as const;
export type Status = (typeof STATUSES)[number];

/** Where a search looks. */
export const FIELDS = ['question', 'answer', 'verdict'] as const;
export type Field = (typeof FIELDS)[number];

/** Between whom ratings of an answer lie apart. */
export const PARTIES = ['judges', 'people', 'trials'] as const;
export type Party = (typeof PARTIES)[number];

export const SORTS = ['plan', 'rating', 'people', 'apart', 'length', 'difference'] as const;
export type Sort = (typeof SORTS)[number];

/** How two or more series compare on a question. */
export const RELATIONS = ['differ', 'low', 'gained', 'lost'] as const;
export type Relation = (typeof RELATIONS)[number];

/** What a page shows: all of it is in its address. */
export interface Query {
  /** Chosen names; none: all. `judge` says whose ratings count. */
  readonly chosen: Readonly<Record<DimensionName | 'judge', readonly string[]>>;
  readonly statuses: readonly Status[];
  /** Of the mean over the judges that count; null: unbounded. */
  readonly low: number | null;
  readonly high: number | null;
  /** Ratings that lie at least `points` apart. */
  readonly apart: { readonly party: Party; readonly points: number } | null;
  readonly search: string;
  readonly fields: readonly Field[];
  readonly sort: Sort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
  /** Series next to each other, as `seriesName` writes them; fewer than two: single answers. */
  readonly sides: readonly string[];
  readonly relation: Relation | null;
}

const FILTERS = [...DIMENSIONS, 'judge'] as const;
export const NO_QUERY: Query = {
  chosen: { model: [], style: [], culture: [], category: [], scope: [], language: [], judge: [] },
  statuses: [],
  low: null,
  high: null,
  apart: null,
  search: '',
  fields: FIELDS,
  sort: 'plan',
  descending: false,
  page: 1,
  sides: [],
  relation: null,
};

const LONGEST_SEARCH = 200;
const MOST_SIDES = 6;

/** Reads an address; what it does not understand is left at its default, as links grow old. */
export function readQuery(parameters: URLSearchParams): Query {
  const chosen = { ...NO_QUERY.chosen };
  for (const name of FILTERS) chosen[name] = [...new Set(parameters.getAll(name))];
  const order = parameters.get('sort') ?? NO_QUERY.sort;
  const descending = order.startsWith('-');
  return {
    chosen,
    statuses: STATUSES.filter((status) => parameters.getAll('status').includes(status)),
    ...ratingRange(parameters.get('rating')),
    apart: apartFrom(parameters),
    search: (parameters.get('q') ?? '').slice(0, LONGEST_SEARCH),
    fields: fieldsFrom(parameters.getAll('in')),
    sort: SORTS.find((sort) => sort === order.slice(descending ? 1 : 0)) ?? 'plan',
    descending,
    page: Math.max(1, wholeFrom(parameters.get('page')) ?? 1),
    sides: [...new Set(parameters.getAll('side'))].slice(0, MOST_SIDES),
    relation: RELATIONS.find((relation) => relation === parameters.get('show')) ?? null,
  };
}

/** The address of a query; what is at its default is not in it. */
export function writeQuery(query: Query): URLSearchParams {
  const { fields, sort, descending } = query;
  const order = `${descending ? '-' : ''}${sort}`;
  const listed: readonly (readonly [string, readonly string[]])[] = [
    ...FILTERS.map((name) => [name, query.chosen[name]] as const),
    ['status', query.statuses],
    ['rating', rangeTexts(query)],
    ['apart', query.apart === null ? [] : [`${query.apart.party}-${query.apart.points}`]],
    ['q', query.search === '' ? [] : [query.search]],
    ['in', fields.length === FIELDS.length ? [] : fields],
    ['sort', order === NO_QUERY.sort ? [] : [order]],
    ['page', query.page === 1 ? [] : [String(query.page)]],
    ['side', query.sides],
    ['show', query.relation === null ? [] : [query.relation]],
  ];
  const parameters = new URLSearchParams();
  for (const [name, values] of listed) for (const value of values) parameters.append(name, value);
  return parameters;
}

function rangeTexts({ low, high }: Query): string[] {
  return low === null && high === null ? [] : [`${low ?? RATING_MIN}-${high ?? RATING_MAX}`];
}

/** A model asked in one way, as an address names it. */
export function seriesName({ model, style }: { readonly model: string; readonly style: string }) {
  return `${model} @ ${style}`;
}

function ratingRange(text: string | null): Pick<Query, 'low' | 'high'> {
  const found = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? '');
  if (found === null) return { low: null, high: null };
  const [low, high] = [Number(found[1]), Number(found[2])];
  return low <= high ? { low, high } : { low: high, high: low };
}

function apartFrom(parameters: URLSearchParams): Query['apart'] {
  const found = /^(\w+)-(\d+(?:\.\d+)?)$/.exec(parameters.get('apart') ?? '');
  const party = PARTIES.find((one) => one === found?.[1]);
  return party === undefined ? null : { party, points: Number(found?.[2]) };
}

function fieldsFrom(names: readonly string[]): readonly Field[] {
  const fields = FIELDS.filter((field) => names.includes(field));
  return fields.length === 0 ? FIELDS : fields;
}

function wholeFrom(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isSafeInteger(value) ? value : null;
}
