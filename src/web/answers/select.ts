import { type AnswerTable, DIMENSIONS, type DimensionName } from './answer-table.ts';
import type { Judged } from './judged.ts';
import { type Query, STATUSES } from './query.ts';

/** How many answers each choice of a filter would show, all other filters as they are. */
export type Tallies = Readonly<Record<DimensionName | 'status', readonly number[]>>;

export interface Selection {
  /** By answer: 1 where it is shown. */
  readonly shown: Uint8Array;
  readonly count: number;
  readonly tallies: Tallies;
}

export interface SelectionSource {
  readonly judged: Judged;
  /** By answer: how far ratings lie apart; needed where the query says so. */
  readonly apart: Float64Array | null;
  /** By answer: 1 where a search found it; null without a search. */
  readonly found: Uint8Array | null;
}

/** One filter by label: what it lets through and where labels are read. */
interface LabelFilter {
  readonly codes: Uint16Array;
  readonly byQuestion: boolean;
  /** null: everything. */
  readonly lets: Uint8Array | null;
  readonly tally: Uint32Array;
}

/** The answers that a query shows, and what other choices would. One pass over the table. */
export function select(table: AnswerTable, query: Query, source: SelectionSource): Selection {
  const filters = DIMENSIONS.map((name) => labelFilter(table, query, name));
  const wanted = query.statuses.reduce((bits, status) => bits | (1 << STATUSES.indexOf(status)), 0);
  const statusTally = new Uint32Array(STATUSES.length);
  const isOpen = openTo(query, source);
  const shown = new Uint8Array(table.answers);
  let count = 0;
  const look = (answer: number) => {
    const bits = Number(source.judged.status[answer]);
    const question = Number(table.question[answer]);
    const failing = failuresOf(filters, answer, question);
    if (failing.count === 0) tallyBits(statusTally, bits);
    if (wanted !== 0 && (bits & wanted) === 0) return;
    if (failing.count === 1 && failing.last !== null) tallyLabel(failing.last, answer, question);
    if (failing.count > 0) return;
    shown[answer] = 1;
    count += 1;
    for (const filter of filters) tallyLabel(filter, answer, question);
  };
  for (let answer = 0; answer < table.answers; answer += 1) if (isOpen(answer)) look(answer);
  return { shown, count, tallies: talliesOf(filters, statusTally) };
}

function labelFilter(table: AnswerTable, query: Query, name: DimensionName): LabelFilter {
  const { of, names, codes } = table.dimensions[name];
  const chosen = query.chosen[name];
  return {
    codes,
    byQuestion: of === 'item',
    lets:
      chosen.length === 0
        ? null
        : Uint8Array.from(names, (label) => (chosen.includes(label) ? 1 : 0)),
    tally: new Uint32Array(names.length),
  };
}

/** Filters that have no list of choices: a range, a distance, a search. */
function openTo(
  { low, high, apart: wanted }: Query,
  { judged: { rating }, apart, found }: SelectionSource,
): (answer: number) => boolean {
  const points = wanted?.points ?? 0;
  return (answer) => {
    if (found !== null && found[answer] === 0) return false;
    // A comparison with NaN is false: what has no rating lies in no range.
    if (low !== null && !(Number(rating[answer]) >= low)) return false;
    if (high !== null && !(Number(rating[answer]) <= high)) return false;
    return wanted === null || (apart !== null && Number(apart[answer]) >= points);
  };
}

const failures: { count: number; last: LabelFilter | null } = { count: 0, last: null };

/** Reuses its result: it is made a million times. */
function failuresOf(filters: readonly LabelFilter[], answer: number, question: number) {
  failures.count = 0;
  failures.last = null;
  for (const filter of filters) {
    if (filter.lets === null) continue;
    const code = Number(filter.codes[filter.byQuestion ? question : answer]);
    if (filter.lets[code] === 1) continue;
    failures.count += 1;
    failures.last = filter;
  }
  return failures;
}

function tallyLabel({ codes, byQuestion, tally }: LabelFilter, answer: number, question: number) {
  const code = Number(codes[byQuestion ? question : answer]);
  tally[code] = Number(tally[code]) + 1;
}

function tallyBits(tally: Uint32Array, bits: number): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const place = 31 - Math.clz32(left & -left);
    tally[place] = Number(tally[place]) + 1;
  }
}

function talliesOf(filters: readonly LabelFilter[], status: Uint32Array): Tallies {
  const of = (name: DimensionName) => [...(filters[DIMENSIONS.indexOf(name)]?.tally ?? [])];
  return {
    model: of('model'),
    style: of('style'),
    culture: of('culture'),
    category: of('category'),
    scope: of('scope'),
    language: of('language'),
    status: [...status],
  };
}
