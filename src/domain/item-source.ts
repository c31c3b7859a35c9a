import { z } from 'zod';
import { rowSourceFields } from './row-filter.ts';

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

/** Faults of single rows that a source may tolerate. */
const SKIPPABLE = ['blank-question', 'blank-reference'] as const;

/** A file of test questions and how its columns become item fields. */
export const itemSourceSchema = z
  .strictObject({
    file: z.string().min(1, 'must name a file').meta({
      description:
        '.json, .jsonl, .csv, .tsv or .parquet, each also with .gz or .zst; relative to the config. A pattern (part-*.jsonl) takes all its files in order.',
    }),
    fields: z
      .strictObject({ id: column.nullable(), source: column, ...eachContentField(column) })
      .optional()
      .meta({
        description:
          'The column, or dotted path (meta.culture, answers.0), that holds each item field. A field left out takes the column of its own name. `id: null`: ids are made from the content. `source`: where a question was taken from, for the counts of `items`; no part of the question.',
      }),
    set: z
      .strictObject({ source: constant, ...eachContentField(constant) })
      .optional()
      .meta({
        description:
          'Constants for fields the file lacks. A constant wins over a column of the same name; a field that is also mapped under `fields` is an error.',
      }),
    ...rowSourceFields,
    skip: z.array(z.enum(SKIPPABLE)).optional().meta({
      description:
        'Rows to leave out, named and counted in a warning, in place of refusing the file.',
    }),
  })
  .check((context) => {
    const { fields = {}, set = {} } = context.value;
    const mapped = new Map(Object.entries(fields));
    for (const [field, value] of Object.entries(set)) {
      const column = mapped.get(field);
      if (value === undefined || column == null) continue;
      context.issues.push({
        code: 'custom',
        input: value,
        path: ['set', field],
        message: `is both set to "${value}" and mapped to the column \`${column}\`; keep one of the two`,
      });
    }
  });

export type ItemSource = z.infer<typeof itemSourceSchema>;
