/** One record of a tabular or JSON file, before anything is known of its fields. */
export interface Row {
  /** 1-based line where the record begins; for formats without lines, its 1-based number. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where a file's records are, and what its columns are called, as far as the file does not say. */
export interface RowOptions {
  /** Names for the columns of a .csv or .tsv without a header. */
  readonly columns?: readonly string[] | undefined;
  /**
   * Dotted path of the records inside a .json document, `.` being the document itself. They are a
   * list, or an object whose keys are the records' ids.
   */
  readonly rows?: string | undefined;
}

/**
 * Streams the records of a file. Its ending tells the format: .json, .jsonl, .csv, .tsv, .parquet,
 * .eval, each also with .gz or .zst. Throws InputError for a file that is missing or malformed,
 * naming the line.
 */
export type RowReader = (file: string, options?: RowOptions) => AsyncIterable<Row>;
