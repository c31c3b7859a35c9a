import { parseJsonVerdict } from './json-verdict.ts';
import { parseVerdict } from './verdict.ts';

/** A line that may imitate the ones between which the bundled rubrics show the answer. */
const FENCE_LINE = /^[^\S\n\r\u2028\u2029]*<<<[^\n\r\u2028\u2029]*/gm;
const FENCE_WORDS = /\b(?:BEGIN|END)\s+ANSWER\b/i;

/**
 * Turn markers of chat templates (ChatML, Llama 2 and 3, Gemma, Phi, Mistral). Small models write
 * them out, and a server that reads special tokens in message texts takes one for the end of the turn.
 */
const TURN_MARKER =
  /<\|(?:im_start|im_end|im_sep|eot_id|eom_id|start_header_id|end_header_id|endoftext|end|user|assistant|system)\|>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>/;

/**
 * Whether an answer holds what a judge may take for a verdict, or for the end of the answer or of its turn. Such an
 * answer is judged as it is; it is listed, so that a person can look at the rating it got.
 */
export function isSuspect(answer: string | null): boolean {
  if (answer === null) return false;
  const readsAsVerdict = [parseVerdict, parseJsonVerdict].some((parse) => {
    const { verdict } = parse(answer);
    return verdict.status !== 'unparsed' || verdict.cause === 'conflicting';
  });
  return readsAsVerdict || holdsFence(answer) || TURN_MARKER.test(answer);
}

/** Line by line, and each line twice at most: one pattern for it all took the square of the line ends. */
function holdsFence(answer: string): boolean {
  for (const [line] of answer.matchAll(FENCE_LINE)) if (FENCE_WORDS.test(line)) return true;
  return false;
}
