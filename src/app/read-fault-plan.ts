import { readText } from '../adapters/files/read-text.ts';
import { type FaultPlan, faultPlanSchema } from '../adapters/simulator/faults.ts';
import { parseConfigText } from '../config/document.ts';
import { InputError } from '../domain/errors.ts';

/** Reads a plan of faults for the simulator. Throws InputError with every problem at once. */
export function readFaultPlan(file: string): FaultPlan {
  const { value, lineOf } = parseConfigText({ file, text: readText(file) });
  const parsed = faultPlanSchema.safeParse(value);
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
