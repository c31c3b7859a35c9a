import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const values = z.union([scalar, z.array(scalar).min(1)]);

/** Which rows of a file take part: by column, the values that pass. */
export const rowFilterSchema = z
  .record(
    z.string().min(1),
    z.union([
      values,
      z.strictObject({
        not: values.optional(),
        min: z.number().optional(),
        max: z.number().optional(),
      }),
    ]),
  )
  .meta({
    description:
      'Only rows with these values, by column or dotted path: a value, a list of values, { not: … }, or { min: …, max: … } for numbers.',
  });

export type RowFilter = z.infer<typeof rowFilterSchema>;

const columnNames = z.array(z.string()).min(1).optional().meta({
  description: 'Names of the columns, in order, of a .csv or .tsv without a header.',
});
const rowsPath = z.string().min(1).optional().meta({
  description:
    'Dotted path of the records inside a .json document: a list, or an object whose keys are ids; `.` is the document itself.',
});

/** How any file of rows is read. */
export const rowSourceFields = {
  columns: columnNames,
  rows: rowsPath,
  where: rowFilterSchema.optional(),
};
