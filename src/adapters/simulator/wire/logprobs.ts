import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';

export interface Choice {
  readonly token: string;
  readonly share: number;
}

/** A token with all that could have stood in its place, the likeliest first. */
export interface Token extends Choice {
  readonly top: readonly Choice[];
}

/** Shares of the rating itself, of its neighbours below and above, and of no rating at all. */
const SHARES = { own: 0.7, below: 0.15, above: 0.13, other: 0.02 } as const;
const SCALE = Array.from({ length: RATING_MAX - RATING_MIN + 1 }, (_, index) => RATING_MIN + index);
/** Words with the space before them, digits by themselves, as most tokenizers part them. */
const TOKEN = /\d+| ?[^\s\d]+|\s+/gu;

/**
 * Tokens of a judge's text. All are certain but the last number, the rating, whose probability lies
 * mostly on itself: an expectation that can be worked out by hand.
 */
export function tokensOf(text: string): Token[] {
  const tokens = text.match(TOKEN) ?? [];
  const rating = tokens.findLastIndex((token) => /^\d+$/.test(token));
  return tokens.map((token, index) => {
    const top = index === rating ? aroundRating(Number(token)) : [{ token, share: 1 }];
    return { token, share: top[0]?.share ?? 1, top };
  });
}

/** A neighbour that is off the scale leaves its share to the rating; the other ratings have none. */
function aroundRating(rating: number): Choice[] {
  const shareOf = (one: number): number => {
    if (one === rating - 1) return SHARES.below;
    return one === rating + 1 ? SHARES.above : 0;
  };
  const others = SCALE.filter((one) => one !== rating).map((one) => ({
    token: String(one),
    share: shareOf(one),
  }));
  const spent = others.reduce<number>((sum, { share }) => sum + share, SHARES.other);
  return [
    { token: String(rating), share: 1 - spent },
    ...others,
    { token: 'N', share: SHARES.other },
  ];
}

/** As vLLM writes it, whose JSON has no -∞. */
function logOf(share: number): number {
  return Math.max(-9999, Math.log(share));
}

/** In the chat API's format. */
export function chatLogprobs(tokens: readonly Token[]) {
  const wire = ({ token, share }: Choice) => ({
    token,
    logprob: logOf(share),
    bytes: [...Buffer.from(token)],
  });
  return {
    content: tokens.map((token) => ({ ...wire(token), top_logprobs: token.top.map(wire) })),
  };
}

/** In the completions API's format. */
export function completionsLogprobs(tokens: readonly Token[]) {
  let offset = 0;
  return {
    text_offset: tokens.map(({ token }) => {
      const begins = offset;
      offset += token.length;
      return begins;
    }),
    token_logprobs: tokens.map(({ share }) => logOf(share)),
    tokens: tokens.map(({ token }) => token),
    top_logprobs: tokens.map(({ top }) =>
      Object.fromEntries(top.map(({ token, share }) => [token, logOf(share)])),
    ),
  };
}
