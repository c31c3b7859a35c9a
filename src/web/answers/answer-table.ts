import { MISSING_REASONS } from '../../ports/run-archive.ts';

/** What answers are told apart by, and filtered. */
export const DIMENSIONS = ['model', 'style', 'culture', 'category', 'scope', 'language'] as const;
export type DimensionName = (typeof DIMENSIONS)[number];

/** A label of every answer, or of every item: `names[codes[place]]`. */
export interface Dimension {
  readonly of: 'answer' | 'item';
  readonly names: readonly string[];
  readonly codes: Uint16Array;
}

/** Codes of a judgment's outcome: 0 for a rating, else one more than the place of its missing reason. */
export const OUTCOMES = ['rated', ...MISSING_REASONS] as const;

/** Bits of an answer's own marks. */
export const MARK = { truncated: 1, suspect: 2, otherLanguage: 4, pending: 8 } as const;
/** Bits of a judgment's. */
export const VERDICT_MARK = { conflicting: 1 } as const;

/** A question of the run, by its place among them. */
export interface TableQuestion {
  /** By content, as in any run. */
  readonly key: string;
  readonly id: string;
  readonly cluster: string | null;
}

/** What every page needs of a run's answers, a column each, so that a million of them fit in memory. */
export interface AnswerTable {
  readonly answers: number;
  /** In the order of the config. */
  readonly judges: readonly string[];
  /** By model: whether the best of an item's answers counts. */
  readonly best: readonly boolean[];
  readonly questions: readonly TableQuestion[];
  readonly dimensions: Readonly<Record<DimensionName, Dimension>>;
  /** Columns by answer, in the order of the plan: all of one question's stand together. */
  readonly id: Float64Array;
  readonly question: Uint32Array;
  readonly trial: Uint16Array;
  readonly characters: Uint32Array;
  readonly marks: Uint8Array;
  /** Mean over its raters; NaN without one. */
  readonly people: Float32Array;
  /** Where an answer's judgments begin; one more at the end. */
  readonly begins: Uint32Array;
  /** Columns by judgment. */
  readonly judge: Uint16Array;
  /** NaN without a rating. */
  readonly rating: Float64Array;
  readonly outcome: Uint8Array;
  readonly verdictMarks: Uint8Array;
}

/** The place of an answer by its id; -1 where there is none. Ids grow. */
export function placeOfAnswer({ id }: Pick<AnswerTable, 'id'>, wanted: number): number {
  let [low, high] = [0, id.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = Number(id[middle]);
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The label of an answer in a dimension. */
export function labelOf(table: AnswerTable, name: DimensionName, answer: number): string {
  const { of, names, codes } = table.dimensions[name];
  const place = of === 'answer' ? answer : Number(table.question[answer]);
  return names[Number(codes[place])] ?? '';
}
