import type { AnswerTable, Dimension, DimensionName } from './answer-table.ts';

/** Columns as the bytes of typed arrays, lowest byte first, in base64. */
const COLUMNS = {
  id: Float64Array,
  question: Uint32Array,
  trial: Uint16Array,
  characters: Uint32Array,
  marks: Uint8Array,
  people: Float32Array,
  begins: Uint32Array,
  judge: Uint16Array,
  rating: Float64Array,
  outcome: Uint8Array,
  verdictMarks: Uint8Array,
} as const;

type ColumnName = keyof typeof COLUMNS;

/** A table as a file has it. */
export interface EncodedTable
  extends Pick<AnswerTable, 'answers' | 'judges' | 'best' | 'questions'> {
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly dimensions: Readonly<
    Record<DimensionName, Pick<Dimension, 'of' | 'names'> & { readonly codes: string }>
  >;
}

type ToBase64 = (bytes: Uint8Array) => string;
type FromBase64 = (text: string) => Uint8Array<ArrayBuffer>;

export function encodeTable(table: AnswerTable, toBase64: ToBase64): EncodedTable {
  const text = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    toBase64(new Uint8Array(buffer, byteOffset, byteLength));
  const { answers, judges, best, questions, dimensions } = table;
  const dimension = ({ of, names, codes }: Dimension) => ({ of, names, codes: text(codes) });
  return {
    ...{ answers, judges, best, questions },
    columns: {
      id: text(table.id),
      question: text(table.question),
      trial: text(table.trial),
      characters: text(table.characters),
      marks: text(table.marks),
      people: text(table.people),
      begins: text(table.begins),
      judge: text(table.judge),
      rating: text(table.rating),
      outcome: text(table.outcome),
      verdictMarks: text(table.verdictMarks),
    },
    dimensions: {
      model: dimension(dimensions.model),
      style: dimension(dimensions.style),
      culture: dimension(dimensions.culture),
      category: dimension(dimensions.category),
      scope: dimension(dimensions.scope),
      language: dimension(dimensions.language),
    },
  };
}

export function decodeTable(encoded: EncodedTable, fromBase64: FromBase64): AnswerTable {
  const { columns, dimensions, ...rest } = encoded;
  const bytes = (name: ColumnName) => fromBase64(columns[name]).buffer;
  const dimension = (name: DimensionName): Dimension => {
    const { of, names, codes } = dimensions[name];
    return { of, names, codes: new Uint16Array(fromBase64(codes).buffer) };
  };
  return {
    ...rest,
    id: new COLUMNS.id(bytes('id')),
    question: new COLUMNS.question(bytes('question')),
    trial: new COLUMNS.trial(bytes('trial')),
    characters: new COLUMNS.characters(bytes('characters')),
    marks: new COLUMNS.marks(bytes('marks')),
    people: new COLUMNS.people(bytes('people')),
    begins: new COLUMNS.begins(bytes('begins')),
    judge: new COLUMNS.judge(bytes('judge')),
    rating: new COLUMNS.rating(bytes('rating')),
    outcome: new COLUMNS.outcome(bytes('outcome')),
    verdictMarks: new COLUMNS.verdictMarks(bytes('verdictMarks')),
    dimensions: {
      model: dimension('model'),
      style: dimension('style'),
      culture: dimension('culture'),
      category: dimension('category'),
      scope: dimension('scope'),
      language: dimension('language'),
    },
  };
}
