import type { z } from 'zod';
import { readText } from '../adapters/files/read-text.ts';
import { type FaultPlan, faultPlanSchema } from '../adapters/simulator/faults/faults.ts';
import { parseConfigText } from '../config/document.ts';
import { InputError } from '../domain/errors.ts';
import { type JudgePlan, judgePlanSchema } from '../domain/simulated-judge.ts';

/** Reads a plan of faults for the simulator. Throws InputError with every problem at once. */
export function readFaultPlan(file: string): FaultPlan {
  return readPlan(file, faultPlanSchema);
}

/** Reads a plan of simulated judges, in the same way. */
export function readJudgePlan(file: string): JudgePlan {
  return readPlan(file, judgePlanSchema);
}

function readPlan<Plan>(file: string, schema: z.ZodType<Plan>): Plan {
  const { value, lineOf } = parseConfigText({ file, text: readText(file) });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ path, message }) => ({
      file,
      line: lineOf(path),
      path: path.join('.'),
      message,
    })),
  );
}
