/** One record of a tabular or JSON file, before anything is known of its fields. */
export interface Row {
  /** 1-based line where the record begins; for formats without lines, its 1-based number. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Streams the records of a file, its format told by the ending: .json (an array), .jsonl, .csv,
 * .parquet. Throws InputError for a file that is missing or malformed, naming the line.
 */
export type RowReader = (file: string) => AsyncIterable<Row>;
