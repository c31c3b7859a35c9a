import { readRows } from '../adapters/files/read/read-rows.ts';

/** Column names by a file's first record. */
export async function columnsOf(file: string): Promise<string[]> {
  for await (const { fields } of readRows(file)) return Object.keys(fields);
  return [];
}
