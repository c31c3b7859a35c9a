import { parseJsonVerdict } from './json-verdict.ts';
import { parseVerdict } from './verdict.ts';

/** A line that imitates the ones between which the bundled rubrics show the answer. */
const FENCE = /^\s*<{3,}.*\b(?:BEGIN|END)\s+ANSWER\b/im;

/**
 * Whether an answer holds what a judge may take for a verdict, or for the end of the answer. Such an
 * answer is judged as it is; it is listed, so that a person can look at the rating it got.
 */
export function isSuspect(answer: string | null): boolean {
  if (answer === null) return false;
  const readsAsVerdict = [parseVerdict, parseJsonVerdict].some(
    (parse) => parse(answer).verdict.status !== 'unparsed',
  );
  return readsAsVerdict || FENCE.test(answer);
}
