/** `number` is a double, `integer` at most 2^53 - 1 either side of 0. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'number' | 'integer';
}

export type Cell = string | number | null;
/** One record; a column it lacks is null. */
export type CellRecord = Readonly<Record<string, Cell>>;

export interface WriteOptions {
  /** CSV only: begin with a byte order mark, which Excel needs to see UTF-8. Default false. */
  readonly bom?: boolean;
  /**
   * CSV only, default true: put an apostrophe before texts that begin with = + - @ tab or carriage
   * return, which a spreadsheet would run as a formula. Numbers are left alone. Off for files that
   * programs read back, since the apostrophe becomes part of the text.
   */
  readonly escapeFormulas?: boolean;
  /** Parquet only: rows of a row group, which are in memory at a time. */
  readonly rowsAGroup?: number;
}

/** Writes cells, each list in the order of the columns, to a file. */
export type CellWriter = (
  file: string,
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
) => Promise<void>;
