import type Database from 'better-sqlite3';

export interface Column {
  readonly name: string;
  readonly isReal: boolean;
  /** What a row has where nothing was said, as SQL. */
  readonly blank: string;
}

/** A table's columns without the number of a row, which means nothing in another store. Columns of later versions are among them. */
export function columnsOf(database: Database.Database, table: string): Column[] {
  return database
    .prepare<[string], { name: string; type: string; blank: string | null }>(
      'SELECT name, type, dflt_value AS blank FROM pragma_table_info(?)',
    )
    .all(table)
    .filter(({ name, type }) => name !== 'id' || type !== 'INTEGER')
    .map(({ name, type, blank }) => ({ name, isReal: type === 'REAL', blank: blank ?? 'NULL' }));
}

/** A row's content as one text that sorts; equal texts are equal rows. `quote` gives every bit of a real. */
export function contentOf(row: string, columns: readonly Column[]): string {
  const values = columns.map(({ name, isReal }) =>
    isReal ? `quote(${row}.${name})` : `${row}.${name}`,
  );
  return `json_array(${values.join(', ')})`;
}

export function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => name).join(', ');
}
