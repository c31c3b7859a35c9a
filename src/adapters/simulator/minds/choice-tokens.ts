import type { Token } from '../wire/logprobs.ts';
import { type AskedChoice, chanceOf } from './choices.ts';
import { uniform } from './draws.ts';
import type { QuestionMatch } from './question-index.ts';

/** Share of the probability on no offered label. */
const ELSEWHERE = 0.04;

/**
 * The first token of a reply to a question with options: its probability is spread over the labels as
 * the model's quality spreads its choices.
 */
export function labelTokens(choice: AskedChoice, taken: string, quality: number): Token[] {
  const spread = choice.shown.map((option) => ({
    token: option.label,
    share: (1 - ELSEWHERE) * chanceOf(option, choice, quality),
  }));
  const top = [...spread, { token: 'The', share: ELSEWHERE }].sort((a, b) => b.share - a.share);
  const own = spread.find(({ token }) => token === taken);
  return [{ token: taken, share: own?.share ?? ELSEWHERE, top }];
}

/** Words with the space before them; what most tokenizers make of letters without spaces. */
const TOKEN = / ?[^\s]{1,4}|\s+/gu;
const EVEN = 0.5;

/**
 * The tokens of a prompt that is echoed, and one behind it. Those at the end are likelier where the
 * prompt ends in the right option, as often as the model's quality says.
 */
export function echoedTokens(
  prompt: string,
  match: QuestionMatch | null,
  { model, quality }: { readonly model: string; readonly quality: number },
): Token[] {
  const tokens = [...(prompt.match(TOKEN) ?? []), '\n'];
  const ending = endingOf(prompt, match);
  const knows = uniform('knows', model, match?.references[0].question ?? '') < quality;
  const share = ending === null ? EVEN : likelihoodOf(ending.right === knows, [model, ending.text]);
  return tokens.map((token, index) => {
    const own = index >= tokens.length - 2 ? share : EVEN;
    return { token, share: own, top: [{ token, share: own }] };
  });
}

function likelihoodOf(likely: boolean, drawnBy: readonly string[]): number {
  return (likely ? 0.6 : 0.05) + 0.2 * uniform('option', ...drawnBy);
}

/** The option, or its label, that the prompt ends in; null where it ends in none. */
function endingOf(prompt: string, match: QuestionMatch | null) {
  for (const { options = [], reference } of match?.references ?? []) {
    const lines = prompt.slice(match?.end ?? 0).split('\n');
    const last = lines.at(-1)?.split(' ').slice(1).join(' ').trim() ?? '';
    const shown = lines.find((line) => line.replace(/[.)]\s.*$/su, '') === last && line !== last);
    const text = shown?.replace(/^\S+\s/u, '') ?? last;
    if (options.includes(text)) return { text, right: text === reference };
  }
  return null;
}
