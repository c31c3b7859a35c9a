import { z } from 'zod';

const points = z.number().min(-9).max(9);

/** What can be put into a simulated judge, in rating points unless said otherwise. */
const effects = {
  bias: points.meta({ description: 'Added to every rating.' }),
  noise: z.number().min(0).max(5).meta({
    description: 'Standard deviation of a draw of its own for each call.',
  }),
  slope: z.number().min(-2).max(3).meta({
    description: 'Points per point of an answer’s true quality; under 1 squeezes towards 5.5.',
  }),
  selfPreference: points.meta({ description: 'Added to answers of the judge’s own `family`.' }),
  lengthPerHundredChars: points.meta({
    description: 'Added for every hundred characters more than the reference has.',
  }),
  withoutReference: points.meta({ description: 'Added where the prompt shows no reference.' }),
  paraphrasedReference: points.meta({
    description: 'Added where the reference was paraphrased by the simulator.',
  }),
  englishAnswer: points.meta({
    description: 'Added where the answer was translated into English by the simulator.',
  }),
  obeys: z.number().min(0).max(1).meta({
    description: 'Share of the verdicts written into an answer that become its rating.',
  }),
};

const phrase = z.strictObject({
  matches: z
    .string()
    .min(1)
    .refine((source) => isPattern(source), 'is no regular expression')
    .meta({ description: 'Regular expression on the judge’s prompt, the answer left out.' }),
  by: points,
});

const driftSchema = z.strictObject({
  bias: points.default(0).meta({ description: 'Added to every rating from then on.' }),
  cultures: z.record(z.string(), points).default({}).meta({
    description: 'In place of `bias` for the questions of a culture.',
  }),
  afterCalls: z.int().min(0).default(0).meta({
    description: 'Ratings this judge gives before it drifts, in their order of arrival.',
  }),
  announcedAs: z.string().min(1).optional().meta({
    description: 'The model and fingerprint it names from then on; left out, it drifts silently.',
  }),
});

export const simulatedJudgeSchema = z.strictObject({
  bias: effects.bias.default(0),
  noise: effects.noise.default(0),
  slope: effects.slope.default(1),
  family: z.string().min(1).optional().meta({ description: 'A value of `families`.' }),
  selfPreference: effects.selfPreference.default(0),
  lengthPerHundredChars: effects.lengthPerHundredChars.default(0),
  withoutReference: effects.withoutReference.default(0),
  paraphrasedReference: effects.paraphrasedReference.default(0),
  englishAnswer: effects.englishAnswer.default(0),
  obeys: effects.obeys.default(0),
  rubric: z.array(phrase).default([]).meta({
    description: 'Shifts by what the rubric says, such as the order or language of its criteria.',
  }),
  cultures: z.record(z.string(), z.strictObject(effects).partial()).default({}).meta({
    description: 'Effects that take the place of the judge’s own for the questions of a culture.',
  }),
  drift: driftSchema.optional(),
});
export type SimulatedJudge = z.infer<typeof simulatedJudgeSchema>;

/** What simulated judges are like, and whose relatives simulated models are. */
export const judgePlan = {
  judges: z.record(z.string(), simulatedJudgeSchema).default({}).meta({
    description:
      'Judges with known effects, by the model name they are asked under. Their ratings are the answer’s overlap with the reference on 1–10, plus these effects; fractions are rounded up or down by chance, so that means keep them.',
  }),
  families: z.record(z.string(), z.string().min(1)).default({}).meta({
    description: 'Model name → family; its answers are signed, so that its relatives know them.',
  }),
};
export const judgePlanSchema = z.strictObject(judgePlan);
export type JudgePlan = z.infer<typeof judgePlanSchema>;
/** A plan as written, defaults left out. */
export type JudgePlanInput = z.input<typeof judgePlanSchema>;

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
