import { z } from 'zod';
import { answerSourceSchema } from '../domain/answer-source.ts';
import { endpointSchema } from '../domain/endpoint.ts';
import { itemSelectionSchema } from '../domain/item-selection.ts';
import { itemSourceSchema } from '../domain/item-source.ts';
import { aggregateSchema } from '../domain/jury.ts';
import { apiSchema } from '../domain/model-spec.ts';
import { verdictSettingSchema } from '../domain/verdict-setting.ts';
import { writtenDecodingSchema } from './decoding.ts';
import { expandPreset, PRESET_NAMES } from './decoding-presets.ts';
import { RUBRIC_SET_NAMES } from './rubric-sets.ts';

const name = z.string().trim().min(1, 'must not be blank');

const tokenPrices = {
  prompt: z.number().nonnegative(),
  completion: z.number().nonnegative(),
  cached: z.number().nonnegative().optional().meta({
    description:
      'Prompt tokens that the endpoint had in its cache; without it they cost what the others do.',
  }),
};
export const priceSchema = z
  .strictObject({
    ...tokenPrices,
    batch: z.strictObject(tokenPrices).optional().meta({
      description: 'Of calls that go out with `run --batch`; without it they cost the same.',
    }),
  })
  .meta({ description: 'US dollars for a million tokens.' });
export type Price = z.infer<typeof priceSchema>;

const family = name.optional().meta({
  description:
    'Who made it, in your own words (Qwen, GPT …): a jury with `exclude: own-family` compares models and judges by it, and an audit looks for a judge’s preference for its own.',
});

const liveFields = {
  endpoint: name.optional().meta({ description: 'A key of `endpoints`.' }),
  model: name.optional().meta({ description: 'Name or deployment that the endpoint knows.' }),
  api: apiSchema.optional().meta({
    description:
      '`completions` sends the bare prompt, without a chat template. Left out: chat, or what the preset under `decoding` says.',
  }),
  decoding: z
    .union([z.enum(PRESET_NAMES), writtenDecodingSchema])
    .default({})
    .meta({
      description:
        'Sampling parameters, sent exactly as written; nothing else is sent. Or a preset: care-paper (temperature 0.7, top_p 1, max_tokens 1024), care-release (the same with max_tokens 256, and api: completions).',
    }),
  strictParams: z.boolean().default(false).meta({
    description:
      'true: a parameter that the model rejects fails the call. false: it is left out (or renamed), and noted.',
  }),
  price: priceSchema.optional(),
};

const writtenModelSchema = z.strictObject({
  name,
  variant: name
    .optional()
    .meta({ description: 'Vanilla, Aligned …: tells checkpoints of one name apart.' }),
  family,
  cultures: z.array(name).min(1).optional().meta({
    description:
      'Only questions of these cultures. Entries of one name and variant with different cultures are one row: checkpoints made for one culture each.',
  }),
  ...liveFields,
  responses: answerSourceSchema.optional().meta({
    description:
      'Existing answers, in place of an endpoint: a file (item id or question, and response), or a mapping that says how it is read.',
  }),
  best: z.int().min(1).optional().meta({
    description: 'With `responses`: take the first k answers of an item and count its best rating.',
  }),
  baseline: name
    .optional()
    .meta({ description: 'Variant of this model to take differences from.' }),
  size: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'Billions of parameters, for charts.' }),
  dataShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({ description: 'Share of training data, for charts.' }),
});
const modelSchema = writtenModelSchema.transform(expandPreset);
export type ModelConfig = z.infer<typeof modelSchema>;

const writtenJudgeSchema = z.strictObject({
  name,
  ...liveFields,
  family,
  endpoint: name,
  model: name,
  verdict: verdictSettingSchema,
  expectedRating: z.boolean().default(false).meta({
    description:
      'true: token probabilities are asked for, and an expected rating is kept beside the parsed one.',
  }),
  onUnparsed: z
    .strictObject({ reask: z.int().min(0).max(10).default(2) })
    .prefault({})
    .meta({ description: 'How often a verdict without a readable rating is asked for again.' }),
});
const judgeSchema = writtenJudgeSchema.transform(expandPreset);
export type JudgeConfig = z.infer<typeof judgeSchema>;

const jurySchema = z.strictObject({
  name: name.meta({ description: 'Stands where a judge’s name would, also in selectors (%NAME).' }),
  judges: z
    .array(name)
    .min(2)
    .meta({ description: 'Names of judges. Their stored ratings are used; no call is added.' }),
  aggregate: aggregateSchema.default('mean').meta({
    description: '`trimmed`: the mean without the highest and the lowest rating.',
  }),
  exclude: z.enum(['none', 'own-family']).default('none').meta({
    description: '`own-family`: a judge does not rate models of its own `family` for this jury.',
  }),
});
export type JuryConfig = z.infer<typeof jurySchema>;

const givenSchema = z.strictObject({
  name,
  unit: z.string().default('%'),
  source: name.optional().meta({ description: 'Where the figures are from.' }),
  values: z.record(name, z.record(name, z.number())).meta({
    description: 'Culture → category → figure. An average, if any, is given like a category.',
  }),
});

const templatesByCategory = z.record(name, name);

const auditSettingsSchema = z
  .strictObject({
    helper: z
      .strictObject({ name: name.default('helper'), ...liveFields, endpoint: name, model: name })
      .transform(expandPreset)
      .optional()
      .meta({ description: 'A model that translates answers and paraphrases references.' }),
    texts: z.string().optional().meta({
      description:
        'In place of a helper: a file of rows with `task` (translate or paraphrase), `text` and `rewritten`.',
    }),
    reversed: templatesByCategory.optional().meta({
      description:
        'Category → judge template with its criteria in another order; left out, the first list of the rubric is reversed.',
    }),
    languages: z.record(name, templatesByCategory).optional().meta({
      description: 'Language → category → judge template in that language, for its items.',
    }),
  })
  .meta({ description: 'What `care-judge audit` needs beside answers and judges.' });

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    name,
    items: z
      .array(itemSourceSchema)
      .min(1)
      .meta({ description: 'Files of questions, concatenated.' }),
    select: itemSelectionSchema.prefault({}),
    endpoints: z.record(name, endpointSchema),
    models: z.array(modelSchema).min(1),
    prompting: z.array(name).min(1).default(['zero-shot']).meta({
      description:
        'Bundled style names, or paths of .hbs files (NAME.system.hbs beside one is its system message).',
    }),
    trials: z
      .strictObject({
        responses: z.int().min(1).default(1),
        judgments: z.int().min(1).default(1),
      })
      .prefault({})
      .meta({ description: 'Independent answers per question, and judgments per answer.' }),
    judges: z.array(judgeSchema).default([]).meta({
      description: 'Not needed where every source is scored by a rule (`scoring`).',
    }),
    juries: z.array(jurySchema).default([]).meta({
      description: 'Several judges taken as one: a further series made of their ratings.',
    }),
    rubrics: z
      .union([z.enum(RUBRIC_SET_NAMES), z.record(name, name)])
      .default('bundled')
      .meta({
        description:
          'Category → judge template: a bundled name or the path of an .hbs file. Or a set: bundled; care-by-content or care-as-released (CARE’s own, from `care-judge fetch care`).',
      }),
    rubricLanguage: z.enum(['as-named', 'question']).default('as-named').meta({
      description:
        'question: each answer is judged with the rubric in its question’s language where a file lies beside the one named (literacy.zh.hbs beside literacy.hbs), else with the one named.',
    }),
    given: z.array(givenSchema).min(1).optional().meta({
      description:
        'Figures that were measured elsewhere and are no ratings, such as the share of people who know an answer: shown beside the ratings, in a table of their own.',
    }),
    anchors: z
      .strictObject({
        file: z.string().min(1, 'must name a file').meta({
          description: 'Made by `care-judge anchors`; relative to the config.',
        }),
      })
      .optional()
      .meta({
        description:
          'Answers with frozen ratings that every run judges again, to see whether a judge has drifted.',
      }),
    audit: auditSettingsSchema.optional(),
    limits: z
      .strictObject({ missing: z.number().min(0).max(1).optional() })
      .prefault({})
      .meta({ description: 'missing: largest share of planned ratings that may be missing.' }),
    budget: z.strictObject({ usd: z.number().positive() }).optional().meta({
      description: 'The run stops cleanly when its calls have cost this much.',
    }),
  })
  .meta({ title: 'care-judge config, version 1' });

export type RunConfig = z.infer<typeof configSchema>;

/** The same with lists that may be empty, for what remains of a config when its mistakes are taken out. */
export const remainderSchema = configSchema.extend({
  items: z.array(itemSourceSchema),
  models: z.array(modelSchema),
  prompting: z.array(name).default([]),
  judges: z.array(judgeSchema),
});
