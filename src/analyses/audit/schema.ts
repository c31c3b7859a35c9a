import { z } from 'zod';
import {
  type CultureContrast,
  cultureContrastSchema,
  type ShiftRow,
  shiftRowSchema,
} from '../../series/contrasts/paired-shift.ts';
import { MEASURES } from './biases/index.ts';

const measuredSchema = z.strictObject({
  measure: z.enum(MEASURES),
  state: z.literal('measured'),
  /** How it was measured, and what else it may hold. */
  method: z.string(),
  /** Rating points; for length, points per 100 characters. All cultures first. */
  rows: z.array(shiftRowSchema),
  /** Cultures against the others. */
  cultures: z.array(cultureContrastSchema),
  /** Judge calls that it rests on. */
  calls: z.int(),
  /** What the figure alone does not say. */
  note: z.string().nullable(),
});
const unmeasuredSchema = z.strictObject({
  measure: z.enum(MEASURES),
  state: z.literal('not-measured'),
  /** What would have to be there. */
  needs: z.string(),
});
export const auditFindingSchema = z.discriminatedUnion('state', [measuredSchema, unmeasuredSchema]);
export type AuditFinding = z.infer<typeof auditFindingSchema>;
export type MeasuredFinding = z.infer<typeof measuredSchema>;

/** What is known of one judge's biases on one run's answers. */
export const auditSchema = z.strictObject({
  version: z.literal(1),
  judge: z.strictObject({ key: z.string(), name: z.string() }),
  run: z.string(),
  /** Answers that were judged again under a change, and the seed that drew them. */
  answers: z.int(),
  seed: z.int(),
  findings: z.array(auditFindingSchema),
});
export type Audit = z.infer<typeof auditSchema>;

/** Whether a finding's overall shift excludes 0 after adjustment, and the cultures that stand apart. */
export function standsOut(finding: MeasuredFinding): {
  readonly overall: ShiftRow | null;
  readonly apart: readonly CultureContrast[];
} {
  const LEVEL = 0.05;
  const [all] = finding.rows;
  return {
    overall: all && (all.adjusted ?? 1) <= LEVEL ? all : null,
    apart: finding.cultures.filter(({ adjusted }) => (adjusted ?? 1) <= LEVEL),
  };
}
