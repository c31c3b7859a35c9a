import { type AnswerTable, MARK, VERDICT_MARK } from './answer-table.ts';
import { type Party, STATUSES, type Status } from './query.ts';

/** What the judges that count say of every answer. */
export interface Judged {
  /** By judge: 1 where its ratings count. */
  readonly counts: Uint8Array;
  /** Mean over the judges' means; NaN without a rating. */
  readonly rating: Float64Array;
  /** A set of statuses as bits. */
  readonly status: Uint32Array;
}

const bit = (status: Status) => 1 << STATUSES.indexOf(status);
const MARKS = [
  [MARK.truncated, bit('truncated')],
  [MARK.suspect, bit('suspect')],
  [MARK.otherLanguage, bit('other_language')],
] as const;
const CONFLICTING = bit('conflicting');
const PEOPLE = bit('people');

export function statusesOf(bits: number): Status[] {
  return STATUSES.filter((_, place) => (bits & (1 << place)) !== 0);
}

/** @param judges names that count; none: all */
export function judge(table: AnswerTable, judges: readonly string[]): Judged {
  const counts = Uint8Array.from(table.judges, (name) =>
    judges.length === 0 || judges.includes(name) ? 1 : 0,
  );
  const rating = new Float64Array(table.answers).fill(Number.NaN);
  const status = new Uint32Array(table.answers);
  const means = createMeans(table, counts);
  for (let answer = 0; answer < table.answers; answer += 1) {
    const { mean } = means.of(answer);
    rating[answer] = mean;
    status[answer] = bitsOf(table, counts, answer);
  }
  return { counts, rating, status };
}

function bitsOf(table: AnswerTable, counts: Uint8Array, answer: number): number {
  const marks = Number(table.marks[answer]);
  let bits = Number.isNaN(table.people[answer]) ? 0 : PEOPLE;
  for (const [mark, status] of MARKS) if ((marks & mark) !== 0) bits |= status;
  const end = Number(table.begins[answer + 1]);
  for (let place = Number(table.begins[answer]); place < end; place += 1) {
    if (counts[Number(table.judge[place])] === 0) continue;
    bits |= 1 << Number(table.outcome[place]);
    if ((Number(table.verdictMarks[place]) & VERDICT_MARK.conflicting) !== 0) bits |= CONFLICTING;
  }
  return bits;
}

/** Judges' means of an answer: repeated judging must not weigh a judge more. */
interface Means {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly judges: number;
}

function createMeans(table: AnswerTable, counts: Uint8Array) {
  const sums = new Float64Array(table.judges.length);
  const ratings = new Uint32Array(table.judges.length);
  const add = (answer: number) => {
    const end = Number(table.begins[answer + 1]);
    for (let place = Number(table.begins[answer]); place < end; place += 1) {
      const by = Number(table.judge[place]);
      const rating = Number(table.rating[place]);
      if (counts[by] === 0 || Number.isNaN(rating)) continue;
      sums[by] = Number(sums[by]) + rating;
      ratings[by] = Number(ratings[by]) + 1;
    }
  };
  const of = (answer: number): Means => {
    sums.fill(0);
    ratings.fill(0);
    add(answer);
    let [total, judges, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let by = 0; by < sums.length; by += 1) {
      if (ratings[by] === 0) continue;
      const mean = Number(sums[by]) / Number(ratings[by]);
      total += mean;
      judges += 1;
      low = Math.min(low, mean);
      high = Math.max(high, mean);
    }
    return { mean: judges === 0 ? Number.NaN : total / judges, low, high, judges };
  };
  return { of };
}

/** How far ratings of every answer lie apart; NaN where there are not two to compare. */
export function apartOf(table: AnswerTable, judged: Judged, party: Party): Float64Array {
  switch (party) {
    case 'judges':
      return betweenJudges(table, judged);
    case 'people':
      return judged.rating.map((rating, answer) => Math.abs(rating - Number(table.people[answer])));
    case 'trials':
      return betweenTrials(table, judged);
    default:
      return party satisfies never;
  }
}

function betweenJudges(table: AnswerTable, { counts }: Judged): Float64Array {
  const apart = new Float64Array(table.answers);
  const means = createMeans(table, counts);
  for (let answer = 0; answer < table.answers; answer += 1) {
    const { judges, low, high } = means.of(answer);
    apart[answer] = judges < 2 ? Number.NaN : high - low;
  }
  return apart;
}

interface Range {
  low: number;
  high: number;
  ratings: number;
}

/** Range of one judge's ratings over repeated answers and judgings; the widest of the judges counts. */
function betweenTrials(table: AnswerTable, { counts }: Judged): Float64Array {
  const { question, dimensions, begins } = table;
  const apart = new Float64Array(table.answers).fill(Number.NaN);
  const seriesOf = (answer: number) =>
    Number(dimensions.model.codes[answer]) * dimensions.style.names.length +
    Number(dimensions.style.codes[answer]);
  const ranges = new Map<number, Range>();
  const keyOf = (answer: number, place: number) =>
    seriesOf(answer) * table.judges.length + Number(table.judge[place]);
  const widestOf = (answer: number) => {
    let widest = Number.NaN;
    for (let place = Number(begins[answer]); place < Number(begins[answer + 1]); place += 1) {
      const range = ranges.get(keyOf(answer, place));
      if (range === undefined || range.ratings < 2) continue;
      widest = Math.max(Number.isNaN(widest) ? 0 : widest, range.high - range.low);
    }
    return widest;
  };
  const gather = (answer: number) => {
    for (let place = Number(begins[answer]); place < Number(begins[answer + 1]); place += 1)
      if (counts[Number(table.judge[place])] === 1)
        widen(ranges, keyOf(answer, place), Number(table.rating[place]));
  };
  for (let first = 0; first < table.answers; ) {
    let end = first;
    ranges.clear();
    for (; end < table.answers && question[end] === question[first]; end += 1) gather(end);
    for (let answer = first; answer < end; answer += 1) apart[answer] = widestOf(answer);
    first = end;
  }
  return apart;
}

function widen(ranges: Map<number, Range>, key: number, rating: number): void {
  if (Number.isNaN(rating)) return;
  const range = ranges.get(key);
  if (range === undefined) {
    ranges.set(key, { low: rating, high: rating, ratings: 1 });
    return;
  }
  range.low = Math.min(range.low, rating);
  range.high = Math.max(range.high, rating);
  range.ratings += 1;
}
