import { z } from 'zod';
import { LABEL_SET_NAMES } from './label-sets.ts';
import { rowFilterSchema } from './row-filter.ts';
import { SCORINGS } from './solution.ts';

/** How a source writes which option is the right one. */
export const GOLD_FORMS = ['index0', 'index1', 'letter', 'text'] as const;
export type GoldForm = (typeof GOLD_FORMS)[number];

const seed = z.int().default(0);
const file = z.string().min(1, 'must name a file');

/**
 * `given`: as the source has them; `shuffled`: one order for each question, drawn by the seed; `cyclic`:
 * every rotation, one call each, the question's score the mean over them.
 */
const orderSchema = z.enum(['given', 'shuffled', 'cyclic']);

export const optionSettingsSchema = z.strictObject({
  order: orderSchema.default('given').meta({
    description:
      '`given`: as in the file; `shuffled`: one seeded order per question; `cyclic`: every rotation, one call each, scored by their mean.',
  }),
  labels: z.enum(LABEL_SET_NAMES).default('latin').meta({
    description: 'A–J; أ ب ج د هـ …; 甲乙丙丁 …; ア イ ウ エ …; 1–10.',
  }),
  seed: seed.meta({ description: 'Draws the order of `shuffled`.' }),
});
export type OptionSettings = z.infer<typeof optionSettingsSchema>;

const shotSettingsSchema = z.strictObject({
  n: z.int().min(1).max(64).meta({ description: 'Examples shown before each question.' }),
  from: z
    .union([
      file,
      z
        .strictObject({ file: file.optional(), where: rowFilterSchema.optional() })
        .refine(
          (from) => from.file !== undefined || from.where !== undefined,
          'needs `file`, `where`, or both',
        ),
    ])
    .meta({
      description:
        'A file with the same columns, or rows of one: `{ file: …, where: … }`; without `file`, rows of the same file that its own `where` leaves out. A question that is asked is never an example.',
    }),
  within: z.enum(['category']).optional().meta({
    description: '`category`: examples are of the question’s own category (subject).',
  }),
  seed,
});
export type ShotSettings = z.infer<typeof shotSettingsSchema>;

/**
 * `generate`: the label is read from the reply; `logprobs`: from the probabilities of the reply's first
 * token; `loglikelihood`: the option whose text or label is likeliest after the prompt.
 */
const methodSchema = z.enum(['generate', 'logprobs', 'loglikelihood']);
export type ChoiceMethod = z.infer<typeof methodSchema>;

const normaliseSchema = z.enum(['none', 'tokens', 'characters', 'bytes']);

export const likelihoodSchema = z.strictObject({
  of: z.enum(['label', 'text']).default('label').meta({
    description: 'What follows the prompt: the option’s label or its text, after one space.',
  }),
  normalise: normaliseSchema.default('none').meta({
    description:
      'What the log-likelihood is divided by (lm-eval: `acc` none, `acc_norm` characters, `acc_bytes` bytes). `characters` and `bytes` order options differently in Chinese and Japanese.',
  }),
});
export type LikelihoodSettings = z.infer<typeof likelihoodSchema>;

/** What a source says about how its questions are scored, and how they are asked where a rule scores them. */
export const scoringFields = {
  scoring: z.enum(SCORINGS).optional().meta({
    description:
      'How answers are scored: `judge` (as without this key), or by a rule that needs no judge: `choice` (one of several options is right) or `short-answer` (a word or two, several may be accepted).',
  }),
  task: z.string().trim().min(1, 'must not be blank').optional().meta({
    description:
      'Name of these questions in tables, where a rule scores them; their accuracy is a series of its own. Without it, the name of the scoring.',
  }),
  gold: z.enum(GOLD_FORMS).optional().meta({
    description:
      'With `choice`: how the file writes the right option: its position from 0 or from 1, its letter (or the key of the option where options are a dictionary), or its text.',
  }),
  prompting: z.array(z.string().min(1)).min(1).optional().meta({
    description:
      'Prompts of these questions, in place of the run’s `prompting`: names in prompts/choice, or paths of .hbs files.',
  }),
  options: optionSettingsSchema.optional().meta({ description: 'How options are shown.' }),
  shots: shotSettingsSchema
    .optional()
    .meta({ description: 'Worked examples before each question.' }),
  method: methodSchema.optional().meta({
    description:
      'How a choice is found: `generate` (as without this key) reads the reply; `logprobs` the probabilities of its first token; `loglikelihood` scores every option (vLLM, completions API).',
  }),
  likelihood: likelihoodSchema.optional().meta({ description: 'With `method: loglikelihood`.' }),
};
