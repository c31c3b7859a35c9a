import { z } from 'zod';
import { counted } from '../../domain/counted.ts';
import { OperatorError } from '../../domain/errors.ts';
import { estimateSchema } from '../../domain/estimate.ts';
import { measureShift } from '../../series/contrasts/paired-shift.ts';
import { mean, standardDeviation } from '../../stats/means/describe.ts';
import { tInterval } from '../../stats/means/intervals.ts';
import { linearEquating } from '../../stats/scales/linear-equating.ts';

/** Fewer answers of a culture than this make no bridge. */
const FEWEST_ANSWERS = 20;

const bridgedCultureSchema = z.strictObject({
  culture: z.string(),
  /** old ≈ intercept + slope · new. */
  intercept: z.number(),
  slope: z.number(),
  slopeLow: z.number(),
  slopeHigh: z.number(),
  covariance: z.strictObject({ intercept: z.number(), slope: z.number(), both: z.number() }),
  df: z.number(),
  answers: z.int(),
  questions: z.int(),
  /** Of single answers, in points of the old judge. */
  residualSd: z.number(),
  /** Ratings of the new judge that the bridge was made from. */
  from: z.number(),
  to: z.number(),
  /** new - old on the same answers. */
  shift: estimateSchema,
});
export type BridgedCulture = z.infer<typeof bridgedCultureSchema>;

const bridgeJudgeSchema = z.strictObject({
  /** Judge, decoding and rubrics as one hash. */
  key: z.string(),
  name: z.string(),
  run: z.string(),
});

/** How ratings of one judge read on another's scale, by culture. */
export const bridgeSchema = z.strictObject({
  version: z.literal(1),
  old: bridgeJudgeSchema,
  new: bridgeJudgeSchema,
  method: z.string(),
  cultures: z.array(bridgedCultureSchema),
  /** Mean residual of each model's answers: how far the line is off for it. */
  models: z.array(z.strictObject({ model: z.string(), residual: z.number(), answers: z.int() })),
  /** Cultures with too few answers. */
  refused: z.array(z.strictObject({ culture: z.string(), answers: z.int() })),
  limits: z.array(z.string()),
});
export type Bridge = z.infer<typeof bridgeSchema>;

/** An answer that both judges have rated. */
export interface BridgedAnswer {
  readonly culture: string;
  readonly cluster: string;
  readonly model: string;
  readonly old: number;
  readonly new: number;
}

const BRIDGE_METHOD = 'linear (mean–sigma) equating by culture, delete-one-question jackknife';

const LIMITS = [
  'A bridge carries means over many answers. It does not make single ratings exchangeable: each still differs by the residual SD.',
  'It holds for cultures, rubrics and score ranges it was made from, and for answers like those: a judge that favours one model’s style carries that into the figures.',
  'It assumes that both judges are equally reliable. Where the new one is noisier the slope comes out too small, and extremes are pulled to the middle.',
  'It takes the old judge as the measure. It does not say which of the two is right.',
];

/** Estimates the mapping from the new judge's scale to the old one's. Throws OperatorError. */
export function buildBridge(
  answers: readonly BridgedAnswer[],
  judges: Pick<Bridge, 'old' | 'new'>,
): Bridge {
  const bridge = bridgeWherePossible(answers, judges);
  if (bridge) return bridge;
  throw new OperatorError(
    `${judges.old.name} and ${judges.new.name} have both rated ${counted(answers.length, 'answer')}, and no culture has ${FEWEST_ANSWERS} with different ratings. Let both judge the same answers: put both under \`judges\` of one config and run it on this store.`,
  );
}

/** The same; null where no culture has answers enough. */
export function bridgeWherePossible(
  answers: readonly BridgedAnswer[],
  judges: Pick<Bridge, 'old' | 'new'>,
): Bridge | null {
  const cultures = [...new Set(answers.map(({ culture }) => culture))];
  const parts = cultures.map((culture) => {
    const own = answers.filter((answer) => answer.culture === culture);
    return { culture, answers: own.length, bridged: bridgeCulture(culture, own) };
  });
  const bridged = parts.flatMap((part) => part.bridged ?? []);
  if (bridged.length === 0) return null;
  return {
    version: 1,
    ...judges,
    method: BRIDGE_METHOD,
    cultures: bridged,
    models: modelResiduals(answers, bridged),
    refused: parts.flatMap(({ culture, answers: count, bridged: made }) =>
      made === null ? [{ culture, answers: count }] : [],
    ),
    limits: LIMITS,
  };
}

function bridgeCulture(culture: string, answers: readonly BridgedAnswer[]): BridgedCulture | null {
  if (answers.length < FEWEST_ANSWERS) return null;
  const x = answers.map((answer) => answer.new);
  const clusters = answers.map(({ cluster }) => cluster);
  const line = linearEquating(
    x,
    answers.map(({ old }) => old),
    clusters,
  );
  if (line === null) return null;
  const { covariance, slope, df } = line;
  const interval = tInterval({ mean: slope, se: Math.sqrt(covariance.slope), df });
  const [all] = measureShift(
    answers.map(({ cluster, old, new: rating }) => ({
      culture,
      cluster,
      before: old,
      after: rating,
    })),
  );
  if (all === undefined) return null;
  return {
    culture,
    ...line,
    slopeLow: interval?.low ?? slope,
    slopeHigh: interval?.high ?? slope,
    answers: answers.length,
    questions: new Set(clusters).size,
    from: Math.min(...x),
    to: Math.max(...x),
    shift: all.shift,
  };
}

function modelResiduals(
  answers: readonly BridgedAnswer[],
  cultures: readonly BridgedCulture[],
): Bridge['models'] {
  return [...new Set(answers.map(({ model }) => model))].map((model) => {
    const residuals = answers.flatMap((answer) => {
      const line = cultures.find(({ culture }) => culture === answer.culture);
      return answer.model === model && line ? [answer.old - carry(line, answer.new)] : [];
    });
    return { model, residual: mean(residuals) ?? 0, answers: residuals.length };
  });
}

/** A rating of the new judge on the old one's scale; not kept within 1–10, so that means stay means. */
export function carry({ intercept, slope }: BridgedCulture, rating: number): number {
  return intercept + slope * rating;
}

/** Variance of a carried mean that comes from the bridge itself. */
export function carryVariance({ covariance }: BridgedCulture, rating: number): number {
  return Math.max(
    0,
    covariance.intercept + 2 * rating * covariance.both + rating ** 2 * covariance.slope,
  );
}

/** Standard deviation of the models' mean residuals; null below two models. */
export function modelSpread({ models }: Pick<Bridge, 'models'>): number | null {
  return standardDeviation(models.map(({ residual }) => residual));
}
