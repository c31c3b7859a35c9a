import { z } from 'zod';
import type { TokenChoice, TokenLogprob } from '../../../ports/chat-model.ts';

const choiceSchema = z.looseObject({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.int().min(0).max(255)).nullish(),
});
const chatSchema = z.looseObject({
  content: z.array(choiceSchema.extend({ top_logprobs: z.array(choiceSchema).nullish() })),
});
/** Parallel lists; vLLM and OpenAI give null for the first token's probability when echoing. */
const completionsSchema = z.looseObject({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number().nullable()),
  top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
});

/**
 * Token probabilities of a choice, in the chat API's format or the completions API's. What is in
 * neither is null: a reply is not lost for the want of them.
 */
export function readLogprobs(value: unknown): TokenLogprob[] | null {
  // Of nearly every reply: finding fault with what is not there takes as long as reading the rest.
  if (value === undefined || value === null) return null;
  const chat = chatSchema.safeParse(value);
  if (chat.success) {
    return chat.data.content.map(({ top_logprobs, ...token }) => ({
      ...tokenChoice(token),
      top: (top_logprobs ?? []).map(tokenChoice),
    }));
  }
  const completions = completionsSchema.safeParse(value);
  if (!completions.success) return null;
  const { tokens, token_logprobs, top_logprobs } = completions.data;
  return tokens.map((text, index) => ({
    text,
    bytes: null,
    logprob: token_logprobs[index] ?? Number.NEGATIVE_INFINITY,
    top: Object.entries(top_logprobs?.[index] ?? {}).map(([top, logprob]) => ({
      text: top,
      bytes: null,
      logprob,
    })),
  }));
}

function tokenChoice({ token, bytes, logprob }: z.infer<typeof choiceSchema>): TokenChoice {
  return { text: token, bytes: bytes ?? null, logprob };
}
