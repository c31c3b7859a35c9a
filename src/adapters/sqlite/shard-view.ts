import type Database from 'better-sqlite3';
import { isInShard, type Shard } from '../../domain/shard.ts';

/**
 * Lets this connection see only a shard's part of every plan. SQLite looks names up among temporary
 * views first, so whatever reads `run_responses` (pending calls, counts, tokens paid for) keeps to the
 * shard, what is added later included; plans are written to `main.run_responses`. Call it when the
 * plan is whole.
 */
export function showShardOnly(database: Database.Database, shard: Shard): void {
  database.function('in_shard', { deterministic: true }, (question) =>
    isInShard(String(question), shard) ? 1 : 0,
  );
  database.exec(`
    DROP VIEW IF EXISTS temp.run_responses;
    DROP TABLE IF EXISTS temp.shard_items;
    CREATE TEMP TABLE shard_items (id INTEGER PRIMARY KEY);
    INSERT INTO shard_items SELECT id FROM main.items WHERE in_shard(question);
    CREATE TEMP VIEW run_responses AS
      SELECT * FROM main.run_responses WHERE item IN (SELECT id FROM temp.shard_items);`);
}
