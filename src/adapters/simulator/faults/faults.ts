import { z } from 'zod';
import { BATCH_FAULTS, type BatchFaultName } from '../batch/faults/index.ts';
import { BODY_FAULTS } from './body-faults.ts';
import { ERROR_FAULTS } from './error-faults.ts';
import { RATE_LIMIT_FAULTS } from './rate-limit-faults.ts';
import { REFUSAL_FAULTS } from './refusal-faults.ts';
import { SOCKET_FAULTS } from './socket-faults.ts';

/** Everything the simulator can do wrong, each seen on a real server or its way, by the name that a plan gives it. */
export const INJECTORS = {
  ...SOCKET_FAULTS,
  ...BODY_FAULTS,
  ...ERROR_FAULTS,
  ...REFUSAL_FAULTS,
  ...RATE_LIMIT_FAULTS,
} as const;

export type FaultName = keyof typeof INJECTORS;

const isFaultName = (name: string): name is FaultName => Object.hasOwn(INJECTORS, name);

const matchSchema = z.strictObject({
  /** Part of the route's name, such as `/openai/` or `GET /health`. Without it: generation alone. */
  route: z.string().optional(),
  questionIncludes: z.string().optional(),
  /** The model or deployment, exactly. */
  model: z.string().optional(),
  role: z.enum(['answer', 'judge']).optional(),
});

const ruleSchema = z.strictObject({
  fault: z.enum(Object.keys(INJECTORS).filter(isFaultName)),
  /** Part of the matching requests that are hit, drawn by their content. */
  share: z.number().min(0).max(1).default(1),
  match: matchSchema.prefault({}),
  /** How often one request is hit, its retries included, before it passes. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
  /** Milliseconds of a delay, stall, outage or asked-for wait. */
  ms: z.number().min(0).optional(),
  /** For rate-limit-burst. */
  perSecond: z.int().min(1).default(10),
});
export type FaultRule = z.infer<typeof ruleSchema>;

const isBatchFaultName = (name: string): name is BatchFaultName =>
  Object.hasOwn(BATCH_FAULTS, name);

const batchRuleSchema = z.strictObject({
  fault: z.enum(Object.keys(BATCH_FAULTS).filter(isBatchFaultName)),
  /** Requests or batches that are hit before all is well. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
});

/** Which faults to inject, and when. The first rule that hits a request decides. */
export const faultPlanSchema = z.strictObject({
  seed: z.int(),
  rules: z.array(ruleSchema).default([]),
  /** What goes wrong with files and batches. */
  batch: z.array(batchRuleSchema).default([]),
});
export type FaultPlan = z.infer<typeof faultPlanSchema>;
/** A plan as written, defaults left out. */
export type FaultPlanInput = z.input<typeof faultPlanSchema>;
