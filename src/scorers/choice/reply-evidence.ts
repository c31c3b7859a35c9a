import type { TokenEvidence } from '../../domain/token-evidence.ts';
import type { ChatReply, TokenLogprob } from '../../ports/chat-model.ts';

type FirstToken = Extract<TokenEvidence, { kind: 'first-token' }>;
type OptionLikelihood = Extract<TokenEvidence, { kind: 'options' }>['options'][number];

/** What could have stood at the start of a reply; null where the server gave no probabilities. */
export function firstTokenEvidence({ logprobs }: ChatReply): FirstToken | null {
  const [first] = logprobs ?? [];
  if (first === undefined) return null;
  const known = new Set(first.top.map(({ text }) => text));
  const all = known.has(first.text) ? first.top : [first, ...first.top];
  return {
    kind: 'first-token',
    tokens: all
      .filter(({ logprob }) => Number.isFinite(logprob))
      .map(({ text, logprob }) => ({ text, logprob })),
  };
}

/** A likelihood, or why the reply does not tell it. */
export type EchoedOption =
  | { readonly kind: 'likelihood'; readonly option: OptionLikelihood }
  /** The server does not give probabilities of the prompt's tokens, to whatever prompt. */
  | { readonly kind: 'no-echo'; readonly tokens: number; readonly promptTokens: number | null }
  /** The tokens at the prompt's end are not the option's. */
  | { readonly kind: 'unaligned' };

/**
 * The log-likelihood of an option behind a prompt, from a completion that echoes both. Tokens are taken
 * from the prompt's end backwards until they hold the option, white space aside, which tokenizers show
 * in their own ways; one that also holds characters before it counts as the option's.
 */
export function echoedOption(
  { logprobs, usage }: Pick<ChatReply, 'logprobs' | 'usage'>,
  continuation: string,
): EchoedOption {
  const tokens = logprobs ?? [];
  const promptTokens = usage?.promptTokens ?? null;
  // One token is generated behind the prompt, as servers want at least one.
  const count = promptTokens ?? tokens.length - 1;
  if (count < 1 || tokens.length < count)
    return { kind: 'no-echo', tokens: tokens.length, promptTokens };
  const wanted = withoutSpace(continuation);
  const own: TokenLogprob[] = [];
  let text = '';
  for (const token of tokens.slice(0, count).reverse()) {
    if (text.length >= wanted.length) break;
    own.push(token);
    text = withoutSpace(token.text) + text;
  }
  const logprob = own.reduce((sum, token) => sum + token.logprob, 0);
  if (!text.endsWith(wanted) || own.length === 0) return { kind: 'unaligned' };
  if (!Number.isFinite(logprob)) return { kind: 'no-echo', tokens: tokens.length, promptTokens };
  return {
    kind: 'likelihood',
    option: {
      logprob,
      tokens: own.length,
      characters: Array.from(continuation).length,
      bytes: Buffer.byteLength(continuation),
    },
  };
}

function withoutSpace(text: string): string {
  return text.replace(/[\s▁Ġ]/g, '');
}
