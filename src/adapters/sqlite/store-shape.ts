import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { OperatorError } from '../../domain/errors.ts';
import { migrations } from './migrations.ts';

/** A text of this size was written by another program: a reply is cut off long before. */
const LARGEST_TEXT = 128 * 1024 * 1024;

/** Names of what the migrations make, with their kind. */
const MADE = new Map(
  migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/\bCREATE (TABLE|VIEW)(?: IF NOT EXISTS)? (\w+)/g)].map(
      ([, kind = '', name = '']) => [name, kind.toLowerCase()] as const,
    ),
  ),
);

/**
 * Refuses a store that is one by its header alone: views in the place of tables run whatever they were
 * made of, triggers act on what is written, and a text of half a gigabyte fills the memory. Throws
 * OperatorError.
 */
export function refuseOtherShapes(database: Database.Database, file: string): void {
  const entries = database
    .prepare<[], { type: string; name: string }>('SELECT type, name FROM sqlite_schema')
    .all();
  const kinds = new Map(entries.map(({ type, name }) => [name, type]));
  const odd = [...MADE].find(([name, kind]) => kinds.get(name) !== kind);
  if (odd !== undefined) refuse(file, `its ${odd[1]} "${odd[0]}" ${foundAs(kinds.get(odd[0]))}`);
  const trigger = entries.find(({ type }) => type === 'trigger');
  if (trigger !== undefined) refuse(file, `it has a trigger ("${trigger.name}")`);
  if (file !== ':memory:' && statSync(file).size > LARGEST_TEXT) refuseLargeTexts(database, file);
}

function foundAs(kind: string | undefined): string {
  return kind === undefined ? 'is missing' : `is a ${kind}`;
}

/** Sizes are read from each row's header, so no text has to be. */
function refuseLargeTexts(database: Database.Database, file: string): void {
  for (const [table, kind] of MADE) {
    if (kind !== 'table') continue;
    const texts = database
      .prepare<[string], { name: string }>(
        "SELECT name FROM pragma_table_info(?) WHERE type IN ('TEXT', 'BLOB', 'ANY')",
      )
      .all(table);
    for (const { name } of texts) {
      const found = database
        .prepare<[number], unknown>(
          `SELECT 1 FROM "${table}" WHERE octet_length("${name}") > ? LIMIT 1`,
        )
        .get(LARGEST_TEXT);
      if (found !== undefined) refuse(file, `${table}.${name} holds a text of more than 128 MiB`);
    }
  }
}

function refuse(file: string, why: string): never {
  throw new OperatorError(
    `${file}: was not written by care-judge alone: ${why}. Restore it from a copy, or name another store with --db.`,
  );
}
