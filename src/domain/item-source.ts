import { z } from 'zod';

const column = z.string().min(1, 'must name a column').optional();
const constant = z
  .string()
  .refine((value) => value.trim() !== '', 'must not be blank')
  .optional();

/** One field value for each item field but the id, which no two items may share. */
function eachContentField<T extends z.ZodType>(value: T) {
  return {
    question: value,
    reference: value,
    culture: value,
    language: value,
    category: value,
    scope: value,
    association: value,
    cluster: value,
  };
}

/** A file of test questions and how its columns become item fields. */
export const itemSourceSchema = z
  .strictObject({
    file: z.string().min(1, 'must name a file').meta({
      description:
        'A .json array of objects, .jsonl, .csv with a header, or .parquet; relative to the config.',
    }),
    fields: z
      .strictObject({ id: column, ...eachContentField(column) })
      .optional()
      .meta({
        description:
          'The column that holds each item field. A field left out takes the column of its own name.',
      }),
    set: z.strictObject(eachContentField(constant)).optional().meta({
      description:
        'Constants for fields the file lacks. A constant wins over a column of the same name; a field that is also mapped under `fields` is an error.',
    }),
  })
  .check((context) => {
    const { fields = {}, set = {} } = context.value;
    const mapped = new Map(Object.entries(fields));
    for (const [field, value] of Object.entries(set)) {
      const column = mapped.get(field);
      if (value === undefined || column === undefined) continue;
      context.issues.push({
        code: 'custom',
        input: value,
        path: ['set', field],
        message: `is both set to "${value}" and mapped to the column \`${column}\`; keep one of the two`,
      });
    }
  });

export type ItemSource = z.infer<typeof itemSourceSchema>;
