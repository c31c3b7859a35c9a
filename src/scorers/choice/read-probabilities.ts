import type { ChoiceReading, OfferedOption } from '../../domain/choice-reading.ts';
import type { LikelihoodSettings } from '../../domain/task-settings.ts';
import type { TokenEvidence } from '../../domain/token-evidence.ts';
import { foldLetters } from '../fold-letters.ts';

/** Less probability than this on the offered labels says more about the prompt than about the question. */
const LEAST_MASS = 0.5;

/** A reading with what the probabilities said beside it. */
export interface ProbableReading {
  readonly reading: ChoiceReading | { readonly status: 'unread'; readonly reason: 'little-mass' };
  readonly measures: Readonly<Record<string, number>>;
}

type FirstToken = Extract<TokenEvidence, { kind: 'first-token' }>;
type OptionLikelihoods = Extract<TokenEvidence, { kind: 'options' }>;

/**
 * The label that the reply's first token most likely is: probabilities of its spellings ("A", " A",
 * full width) are added up. Unread where the offered labels have less than half of it, or two the same.
 */
export function readFirstToken(
  offered: readonly OfferedOption[],
  { tokens }: FirstToken,
): ProbableReading {
  const shares = offered.map(({ label }) =>
    tokens
      .filter(({ text }) => plainLabel(text) === plainLabel(label))
      .reduce((sum, { logprob }) => sum + Math.exp(logprob), 0),
  );
  // Rounded logarithms may add up to a little more than 1.
  const mass = Math.min(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  );
  const measures = { mass };
  if (mass < LEAST_MASS) return { reading: { status: 'unread', reason: 'little-mass' }, measures };
  return { reading: highest(shares), measures };
}

/** SentencePiece and GPT-2 tokenizers may show the space before a word as a sign. */
function plainLabel(text: string): string {
  return foldLetters(text).replace(/[\s▁Ġ]/g, '');
}

/** The likeliest option after the prompt, by the normalisation of the task. */
export function readLikelihoods(
  { options }: OptionLikelihoods,
  { normalise }: LikelihoodSettings,
): ProbableReading {
  const scores = options.map((option) => option.logprob / DIVISORS[normalise](option));
  return { reading: highest(scores), measures: {} };
}

const DIVISORS: Readonly<
  Record<LikelihoodSettings['normalise'], (option: OptionLikelihoods['options'][number]) => number>
> = {
  none: () => 1,
  tokens: ({ tokens }) => tokens,
  characters: ({ characters }) => characters,
  bytes: ({ bytes }) => bytes,
};

/** Nothing tells apart options that are equally likely. */
function highest(scores: readonly number[]): ChoiceReading {
  const most = Math.max(...scores);
  const [option, ...others] = scores.flatMap((score, index) => (score === most ? [index] : []));
  return option === undefined || others.length > 0
    ? { status: 'unread', reason: 'several' }
    : { status: 'read', option, rule: 'label' };
}
