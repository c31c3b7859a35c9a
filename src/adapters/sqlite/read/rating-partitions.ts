import type Database from 'better-sqlite3';
import type {
  PartitionColumn,
  PartitionPlace,
  RatingPartitions,
  RatingRow,
} from '../../../ports/rating-partitions.ts';

/** From the run's own small tables: going through its ratings for that would take as long as exporting them. */
const VALUES: Readonly<Record<PartitionColumn, string>> = {
  run: 'SELECT ?',
  model:
    'SELECT DISTINCT m.name FROM run_models r JOIN models m ON m.id = r.model WHERE r.run = ? ORDER BY 1',
  style: 'SELECT DISTINCT name FROM run_styles WHERE run = ? ORDER BY 1',
  judge:
    'SELECT DISTINCT m.name FROM run_judges r JOIN models m ON m.id = r.model WHERE r.run = ? ORDER BY 1',
  culture:
    'SELECT DISTINCT culture FROM items WHERE id IN (SELECT item FROM run_responses WHERE run = ?) ORDER BY 1',
  category:
    'SELECT DISTINCT category FROM items WHERE id IN (SELECT item FROM run_responses WHERE run = ?) ORDER BY 1',
};

const ORDER =
  'culture, category, item, model, variant, style, response_trial, judge, judgment_trial';

export function createRatingPartitions(database: Database.Database): RatingPartitions {
  const valuesOf = (run: string, column: PartitionColumn) =>
    database.prepare<[string], string>(VALUES[column]).pluck().all(run);
  return {
    partitionPlaces: (run, columns) =>
      columns.reduce<PartitionPlace[]>(
        (places, column) =>
          places.flatMap((place) =>
            valuesOf(run, column).map((value) => [...place, { column, value }]),
          ),
        [[]],
      ),
    partitionRatings: (run, place) => {
      const conditions = place.map(({ column }) => `AND ${column} = ?`).join(' ');
      return database
        .prepare<string[], RatingRow>(
          `SELECT * FROM ratings WHERE run = ? ${conditions} ORDER BY ${ORDER}`,
        )
        .iterate(run, ...place.map(({ value }) => value));
    },
  };
}
