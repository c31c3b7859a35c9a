import { z } from 'zod';
import { accuracyTableSchema } from './accuracy-figures.ts';

const columnSchema = z.strictObject({
  culture: z.string(),
  /** Left out: all categories. */
  category: z.string().optional(),
  scope: z.string().optional(),
  /** Questions behind the figure. */
  n: z.int().positive(),
});
export type PaperColumn = z.infer<typeof columnSchema>;

/** Over all categories and scopes of its culture. */
export function isAverage({ category, scope }: PaperColumn): boolean {
  return category === undefined && scope === undefined;
}

const rowSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  /** null where nothing was prompted. */
  style: z.string().nullable(),
  /** One a column; null where the paper prints none. */
  values: z.array(z.number().nullable()),
  /** What a reader of the row has to know: a figure that can be derived, or two that disagree. */
  remark: z.string().optional(),
});
export type PaperRow = z.infer<typeof rowSchema>;

const tableSchema = z
  .strictObject({
    /** `table3`: what the command takes. */
    id: z.string(),
    label: z.string(),
    title: z.string(),
    /** `difference`: from the row's model in its variant `Vanilla`. */
    kind: z.enum(['rating', 'difference']),
    /** Decimals that are printed. */
    decimals: z.int(),
    /** `all of CARE`: questions that the test set has only a part of. */
    questions: z.enum(['test set', 'all of CARE']),
    columns: z.array(columnSchema),
    rows: z.array(rowSchema),
    /** Rows that no run can give, shown as printed. */
    given: z
      .array(z.strictObject({ label: z.string(), unit: z.string(), values: z.array(z.number()) }))
      .default([]),
  })
  .refine(({ columns, rows }) => rows.every(({ values }) => values.length === columns.length), {
    error: 'a row has as many values as there are columns',
  });
export type PaperTable = z.infer<typeof tableSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The paper's printed figures and settings: `configs/paper/figures.json`. */
export const paperFiguresSchema = z.strictObject({
  source: z.strictObject({
    title: z.string(),
    venue: z.string(),
    arxiv: z.string(),
    repository: z.string(),
    commit: z.string(),
  }),
  settings: z.strictObject({
    judge: z.strictObject({
      model: z.string(),
      host: z.string(),
      /** null: the paper does not say. */
      version: z.string().nullable(),
      /** Day on which the host took the last version out of service, by its own schedule. */
      retired: z.string(),
    }),
    /** By style: the figure, and the SHA-256 of its words with single blanks between them. */
    prompts: z.record(z.string(), z.strictObject({ figure: z.string(), sha256: z.string() })),
    decoding: z.record(z.string(), z.number()),
    contextLength: z.int(),
    questions: z.strictObject({
      perCulture: z.int(),
      perCategory: z.int(),
      /**
       * Of each culture's questions whatever their order: SHA-256 of the sorted SHA-256s of the JSON
       * lists [question, reference], joined by line ends.
       */
      sha256: z.record(z.string(), sha256),
    }),
    /** SHA-256 of the released judge prompts, by file name. */
    rubrics: z.record(z.string(), sha256),
  }),
  tables: z.array(tableSchema),
  /** Results in percent of questions answered right. */
  accuracyTables: z.array(accuracyTableSchema),
  /** Results that the paper draws and does not print. */
  figures: z.array(z.strictObject({ id: z.string(), label: z.string(), title: z.string() })),
});
export type PaperFigures = z.infer<typeof paperFiguresSchema>;

/**
 * How far a printed figure may lie from its true value: one unit of its last place, either way. The
 * paper both rounds and cuts off: Table 4 has 4.618 and 5.093 where Table 3 has 4.61 and 5.09, and
 * 2.627 and 2.339 where it has 2.63 and 2.34.
 */
export function printingStep({ decimals }: Pick<PaperTable, 'decimals'>): number {
  return 10 ** -decimals;
}

/**
 * The mean of a row's category figures of one culture, where the printed average cannot be it: further
 * apart than printing both allows, 2 · 10^-decimals. null where it follows, and where a category is
 * not printed. All categories have the same number of questions, so the plain mean is meant.
 */
export function unfollowedAverage(
  table: Pick<PaperTable, 'columns' | 'decimals'>,
  { values }: Pick<PaperRow, 'values'>,
  column: number,
): number | null {
  const printed = values[column] ?? null;
  const at = table.columns[column];
  if (printed === null || !at || at.category !== undefined || at.scope !== undefined) return null;
  const parts = table.columns.flatMap(({ culture, category }, index) =>
    culture === at.culture && category !== undefined ? [values[index] ?? null] : [],
  );
  const known = parts.filter((value) => value !== null);
  if (parts.length === 0 || known.length < parts.length) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  // A hair more, as 2.51 - 2.49 is above 0.02 in floating point.
  const allowed = 2 * printingStep(table) + 1e-9;
  return Math.abs(printed - mean) > allowed ? mean : null;
}
