import { z } from 'zod';

/** What the questions of a culture are counted by. */
export const DIMENSIONS = ['category', 'scope', 'association', 'source', 'language'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const label = z.string().nullable();

/** Counts of two labels; null is a label that was not given. Margins are sums of the cells. */
const crossTableSchema = z.strictObject({
  columns: z.array(label),
  rows: z.array(z.strictObject({ label, counts: z.array(z.int()), total: z.int() })),
  totals: z.array(z.int()),
  total: z.int(),
});
export type CrossTable = z.infer<typeof crossTableSchema>;

const fiveNumbersSchema = z.strictObject({
  min: z.number(),
  lower: z.number(),
  median: z.number(),
  upper: z.number(),
  max: z.number(),
});
export type FiveNumbers = z.infer<typeof fiveNumbersSchema>;

/** A total of the paper's Tables 7 to 9. */
const paperCountSchema = z.strictObject({
  table: z.string(),
  /** Culture or language. */
  part: z.string(),
  /** Category or scope; null for the total of all. */
  column: z.string().nullable(),
  here: z.int(),
  printed: z.int(),
  /** Sum of the printed cells. */
  added: z.int(),
});
export type PaperCount = z.infer<typeof paperCountSchema>;

const lengthsSchema = z.strictObject({
  language: z.string(),
  text: z.enum(['question', 'reference']),
  n: z.int(),
  /** Code points. */
  characters: fiveNumbersSchema,
  /** Word-like segments of Unicode's segmentation in the item's language. */
  words: fiveNumbersSchema,
});
export type Lengths = z.infer<typeof lengthsSchema>;

/** What may be wrong with a question set; each is worth a look, none stops a run by itself. */
export const FINDINGS = [
  'blank-question',
  'blank-reference',
  'exact-duplicate',
  'near-duplicate',
  'similar',
  'leak',
  'partial-leak',
  'language',
  'script',
  'label',
  'not-nfc',
  'invisible',
  'damaged',
] as const;
export type FindingKind = (typeof FINDINGS)[number];

const findingSchema = z.strictObject({
  kind: z.enum(FINDINGS),
  /** Where it was found; for duplicates every place. `id` is null for rows that are no item. */
  places: z.array(
    z.strictObject({ file: z.string(), line: z.int().nullable(), id: z.string().nullable() }),
  ),
  /** Share of the 8-grams of one text found in the other; null where none was measured. */
  share: z.number().nullable(),
  detail: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;
export type Place = Finding['places'][number];

/** Counted as the paper counts its data: the figures of its Tables 7, 8 and 9. */
const layoutsSchema = z.strictObject({
  /** Table 7: questions about the culture itself, source × category. */
  native: z.array(z.strictObject({ culture: z.string(), table: crossTableSchema })),
  /** Table 8: questions about other cultures, source × category; null without any. */
  foreign: crossTableSchema.nullable(),
  /** Table 9: language × scope; null where no question has a scope. */
  scope: crossTableSchema.nullable(),
});
export type Layouts = z.infer<typeof layoutsSchema>;

/** A text of the set that training data holds. */
const trainedOnSchema = z.strictObject({
  file: z.string(),
  line: z.int(),
  id: z.string(),
  text: z.enum(['question', 'reference', 'translation']),
  /** Largest share of its 8-grams in one text of the training data. */
  share: z.number(),
  /** That text is the same after folding. */
  exact: z.boolean(),
  /** Training texts that hold at least 80 %, and from 50 to 80 %. */
  contaminated: z.int(),
  review: z.int(),
  /** Where the largest share is, with the field of its row, and the passage. */
  match: z.strictObject({
    file: z.string(),
    line: z.int(),
    field: z.string(),
    passage: z.string(),
  }),
});
export type TrainedOn = z.infer<typeof trainedOnSchema>;

const contaminationSchema = z.strictObject({
  files: z.array(z.string()),
  /** Rows read, and texts in them that were compared. */
  rows: z.int(),
  texts: z.int(),
  /** Texts of the set by kind; those under eight characters are found exactly only, such references not at all. */
  compared: z.array(
    z.strictObject({
      text: z.enum(['question', 'reference', 'translation']),
      n: z.int(),
      short: z.int(),
    }),
  ),
  matches: z.array(trainedOnSchema),
});
export type Contamination = z.infer<typeof contaminationSchema>;

const detectableSchema = z.strictObject({
  /** Culture and category; null for all. */
  culture: z.string().nullable(),
  category: z.string().nullable(),
  n: z.int(),
  /** Half of a mean's 95 % interval, in points; null for a single question. */
  halfWidth: z.number().nullable(),
  /** Paired difference of two models found with 80 % power at a two-sided 5 %; null where none can be. */
  detectable: z.number().nullable(),
});
export type Detectable = z.infer<typeof detectableSchema>;

/** items.json. */
export const questionSetSchema = z.strictObject({
  version: z.literal(1),
  files: z.array(z.string()),
  /** Hash of the questions' contents, whatever their order: the one that a run of them stores. */
  contentHash: z.string(),
  questions: z.int(),
  /** Different questions before the config's selection. */
  available: z.int(),
  /** Rows that repeat an item in every field, counted once in all that follows. */
  repeatedRows: z.int(),
  counts: z.array(z.strictObject({ by: z.enum(DIMENSIONS), table: crossTableSchema })),
  layouts: layoutsSchema,
  /** Next to the paper's; null unless it was asked for. */
  paper: z.array(paperCountSchema).nullable(),
  lengths: z.array(lengthsSchema),
  findings: z.array(findingSchema),
  /** Against training data; null where none was given. */
  contamination: contaminationSchema.nullable(),
  /** SDs that the figures below assume. */
  assumed: z.strictObject({ sd: z.number(), sdDifference: z.number() }),
  design: z.array(detectableSchema),
});
export type QuestionSet = z.infer<typeof questionSetSchema>;
