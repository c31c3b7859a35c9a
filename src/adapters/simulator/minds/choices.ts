import { uniform } from './draws.ts';
import type { QuestionMatch, Reference } from './question-index.ts';

/** An option as the prompt shows it. */
export interface ShownOption {
  readonly label: string;
  readonly text: string;
  readonly right: boolean;
}

/** A question with options that a prompt asks. */
export interface AskedChoice {
  readonly reference: Reference;
  /** In the order of the prompt. */
  readonly shown: readonly ShownOption[];
}

const LABEL = /(?:^|\n)[^\S\n]*\(?([^\s.()]{1,3})\)?[.)．:：、-][^\S\n]+$/u;

/** The options that stand behind the question; null where the prompt offers none, or not all of them. */
export function askedChoice(
  { references, end }: QuestionMatch,
  prompt: string,
): AskedChoice | null {
  const asked = prompt.slice(end);
  for (const reference of references) {
    const shown = (reference.options ?? []).flatMap((text) => {
      const found = optionIn(asked, text);
      return found === null ? [] : [{ ...found, text, right: text === reference.reference }];
    });
    if (shown.length < 2 || shown.length < (reference.options ?? []).length) continue;
    return { reference, shown: shown.toSorted((a, b) => a.at - b.at) };
  }
  return null;
}

/** An option's label and place; its text must be all of its line. */
function optionIn(
  asked: string,
  text: string,
): { readonly label: string; readonly at: number } | null {
  for (let at = asked.indexOf(text); at >= 0; at = asked.indexOf(text, at + 1)) {
    const label = LABEL.exec(asked.slice(Math.max(0, at - 12), at))?.[1];
    const after = asked[at + text.length];
    if (label !== undefined && (after === undefined || after === '\n')) return { label, at };
  }
  return null;
}

/**
 * The option that a model takes: the right one as often as its quality says, and else as often as a
 * guess finds it, so that no skill is below chance.
 */
export function takenOption({ shown }: AskedChoice, quality: number, drawKey: string): ShownOption {
  const right = shown.find((option) => option.right);
  const knows = uniform('knows', drawKey) < quality;
  const guess = shown[Math.floor(uniform('guess', drawKey) * shown.length)];
  const taken = (knows ? right : guess) ?? shown[0];
  if (taken === undefined) throw new Error('a question with options shows at least two');
  return taken;
}

/** How often a model of this quality takes an option. */
export function chanceOf({ right }: ShownOption, { shown }: AskedChoice, quality: number): number {
  return (right ? quality : 0) + (1 - quality) / shown.length;
}

/** How models say it: mostly the label alone. */
export function choiceReply({ label, text }: ShownOption, drawKey: string): string {
  const draw = uniform('wording', drawKey);
  if (draw < 0.7) return label;
  if (draw < 0.8) return `${label}. ${text}`;
  if (draw < 0.9) return `**${label}**`;
  return draw < 0.97 ? `The answer is ${label}.` : `Answer: (${label})`;
}
