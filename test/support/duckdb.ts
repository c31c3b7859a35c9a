type Row = Readonly<Record<string, unknown>>;

/** Runs statements in a DuckDB of their own and gives the rows of the last. */
type DuckDb = (...statements: readonly string[]) => Promise<Row[]>;

/** null, with the reason printed, where this platform has no DuckDB. */
export async function loadDuckDb(): Promise<DuckDb | null> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    return async (...statements) => {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      try {
        for (const statement of statements.slice(0, -1)) await connection.run(statement);
        return (await connection.runAndReadAll(statements.at(-1) ?? '')).getRowObjects();
      } finally {
        connection.closeSync();
        instance.closeSync();
      }
    };
  } catch (error) {
    process.stderr.write(
      `Skipped without DuckDB: ${error instanceof Error ? error.message : error}\n`,
    );
    return null;
  }
}
