import { z } from 'zod';
import { ANSWER_FORMATS } from './answer-formats.ts';
import { rowSourceFields } from './row-filter.ts';

const column = z.string().min(1, 'must name a column').optional();

/** A file of existing answers. */
const writtenAnswerSource = z.union([
  z.string().min(1, 'must name a file'),
  z.strictObject({
    file: z.string().min(1, 'must name a file').meta({
      description: 'As for items: one answer per row; a pattern takes all its files in order.',
    }),
    format: z.enum(ANSWER_FORMATS).optional().meta({
      description:
        'The harness that wrote the file: AlpacaEval outputs, MT-bench answers (first turn), lm-eval samples, inspect logs (.eval or .json), promptfoo results.',
    }),
    fields: z
      .strictObject({ item: column, question: column, response: column })
      .optional()
      .meta({ description: 'Column or dotted path of each field; these win over the format’s.' }),
    ...rowSourceFields,
  }),
]);

export const answerSourceSchema = writtenAnswerSource.transform((source) =>
  typeof source === 'string' ? { file: source } : source,
);
type Written = Exclude<z.infer<typeof writtenAnswerSource>, string>;
export type AnswerSource = Written;
