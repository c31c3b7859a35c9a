/** A row of the view `ratings`, column names and all. */
export type RatingRow = Readonly<Record<string, string | number | null>>;

/** Columns of the view `ratings` that a partitioned export can have folders for; none of them is ever null. */
export const PARTITION_COLUMNS = ['run', 'model', 'style', 'judge', 'culture', 'category'] as const;
export type PartitionColumn = (typeof PARTITION_COLUMNS)[number];

/** One folder of a partitioned export: a column and its value for each level, the outermost first. */
export type PartitionPlace = readonly {
  readonly column: PartitionColumn;
  readonly value: string;
}[];

/** Ratings in parts that can be read one by one. */
export interface RatingPartitions {
  /** Every place of a run that may hold rows, some of which hold none. */
  partitionPlaces(runId: string, columns: readonly PartitionColumn[]): PartitionPlace[];
  /** A place's rows by culture, category and item, so that statistics of row groups tell what can be skipped. */
  partitionRatings(runId: string, place: PartitionPlace): IterableIterator<RatingRow>;
}
