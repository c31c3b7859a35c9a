import { z } from 'zod';
import { rowSourceFields } from './row-filter.ts';
import { FEWEST_OPTIONS, MOST_OPTIONS } from './solution.ts';
import { scoringFields } from './task-settings.ts';

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

/** What a file says of its questions that is no part of them. */
const besideContent = { source: column, translation: column };

const columnName = z.string().min(1, 'must name a column');

/** Where the options, the right one and accepted answers stand. */
const solutionColumns = {
  context: column,
  options: z
    .union([columnName, z.array(columnName).min(FEWEST_OPTIONS).max(MOST_OPTIONS)])
    .optional(),
  gold: column,
  answers: z
    .union([
      columnName,
      z.array(columnName).min(1),
      z.strictObject({
        list: columnName,
        texts: z.union([columnName, z.array(columnName).min(1)]),
        votes: columnName.optional(),
      }),
    ])
    .optional(),
};

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
      .strictObject({
        id: column.nullable(),
        ...besideContent,
        ...eachContentField(column),
        ...solutionColumns,
      })
      .optional()
      .meta({
        description:
          'The column, or dotted path (meta.culture, answers.0), that holds each item field. A field left out takes the column of its own name. `id: null`: ids are made from the content. `source`, where a question was taken from, and `translation` are for `items` and no part of the question. With `scoring: choice`: `options` (a list of columns, or one column that holds a list or dictionary) and `gold`; with `short-answer`: `answers` (a column, several, or `{ list, texts, votes }`). `context`: a passage to be read first.',
      }),
    set: z
      .strictObject({ source: constant, ...eachContentField(constant) })
      .optional()
      .meta({
        description:
          'Constants for fields the file lacks. A constant wins over a column of the same name; a field that is also mapped under `fields` is an error.',
      }),
    ...rowSourceFields,
    ...scoringFields,
    skip: z.array(z.enum(SKIPPABLE)).optional().meta({
      description:
        'Rows to leave out, named and counted in a warning, in place of refusing the file.',
    }),
  })
  .check((context) => {
    const source = context.value;
    for (const { path, message } of [...setTwice(source), ...misplacedKeys(source)])
      context.issues.push({ code: 'custom', input: source, path: [...path], message });
  });

export type ItemSource = z.infer<typeof itemSourceSchema>;

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

function setTwice({ fields = {}, set = {} }: Pick<ItemSource, 'fields' | 'set'>): Fault[] {
  const mapped = new Map<string, unknown>(Object.entries(fields));
  return Object.entries(set).flatMap(([field, value]) => {
    const column = mapped.get(field);
    if (value === undefined || column == null) return [];
    const message = `is both set to "${value}" and mapped to the column \`${column}\`; keep one of the two`;
    return [{ path: ['set', field], message }];
  });
}

const RULE_KEYS = ['task', 'prompting', 'shots'] as const;
const CHOICE_KEYS = ['gold', 'options', 'method', 'likelihood'] as const;

/** Keys that say nothing under the source's scoring, and those that it cannot do without. */
function misplacedKeys(source: ItemSource): Fault[] {
  const { scoring = 'judge', fields = {} } = source;
  const unused = (keys: readonly (keyof ItemSource)[], needs: string) =>
    keys
      .filter((key) => source[key] !== undefined)
      .map((key) => ({
        path: [key],
        message: `goes with ${needs}; this source is scored by \`${scoring}\``,
      }));
  const unmapped = (key: 'options' | 'gold' | 'answers', needs: string) =>
    scoring === needs || fields[key] === undefined
      ? []
      : [
          {
            path: ['fields', key],
            message: `goes with \`scoring: ${needs}\`; this source is scored by \`${scoring}\``,
          },
        ];
  return [
    ...(scoring === 'judge' ? unused(RULE_KEYS, '`scoring: choice` or `short-answer`') : []),
    ...(scoring === 'choice' ? choiceFaults(source) : unused(CHOICE_KEYS, '`scoring: choice`')),
    ...unmapped('options', 'choice'),
    ...unmapped('gold', 'choice'),
    ...unmapped('answers', 'short-answer'),
  ];
}

function choiceFaults({ gold, method, likelihood }: ItemSource): Fault[] {
  return [
    ...(gold === undefined
      ? [
          {
            path: ['gold'],
            message:
              'say how the file writes the right option: index0 (from 0), index1 (from 1), letter or text. It is never guessed: a wrong guess scores below chance',
          },
        ]
      : []),
    ...(likelihood !== undefined && method !== 'loglikelihood'
      ? [{ path: ['likelihood'], message: 'goes with `method: loglikelihood`' }]
      : []),
  ];
}
