import { z } from 'zod';

const rowSchema = z.strictObject({
  benchmark: z.string(),
  /** Of the questions where they are native, and of the preferences that models were trained on. */
  language: z.string(),
  /** `task` of a config's source. */
  task: z.string(),
  /** Questions of the public set; the paper states none. */
  n: z.int().positive(),
  /** Percent right, one for each approach. */
  values: z.array(z.number().min(0).max(100)),
});
export type AccuracyRow = z.infer<typeof rowSchema>;

/** A printed or drawn result in percent of questions answered right. */
export const accuracyTableSchema = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    title: z.string(),
    model: z.string(),
    decimals: z.int(),
    /** The first is what the others are compared with. */
    approaches: z.array(z.string()).min(2),
    /** What models of ours are called (`variant`), by approach; a language may follow: "CARE Arabic". */
    variants: z.array(z.string()).min(2),
    /** Empty where the paper draws and prints no figures. */
    rows: z.array(rowSchema),
    /** Settings that would be needed and that the paper does not state. */
    unstated: z.array(z.strictObject({ setting: z.string(), note: z.string().nullable() })),
  })
  .refine(
    ({ approaches, variants, rows }) =>
      variants.length === approaches.length &&
      rows.every(({ values }) => values.length === approaches.length),
    { error: 'a row has a value for each approach, and each approach a variant' },
  );
export type AccuracyTable = z.infer<typeof accuracyTableSchema>;
