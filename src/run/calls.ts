import type { CallMeta, TokenEstimate, Usage } from '../domain/call.ts';
import type { Judgment, VerdictFormat } from '../domain/judgment.ts';
import type { CallResult, Lane } from '../endpoint/call-queue.ts';
import { estimateUsage } from '../endpoint/token-estimate.ts';
import type { ChatRequest } from '../ports/chat-model.ts';
import type { JudgmentMeta } from '../ports/outcome-meta.ts';
import { judgmentFrom } from '../scorers/judge/outcome.ts';
import { VERDICT_PARSER_VERSION } from '../scorers/judge/verdict.ts';

/** The part of a call's record that both answers and judgments keep. */
export function metaOf(
  result: CallResult,
  { request, endedAt }: { readonly request: ChatRequest; readonly endedAt: number },
): CallMeta {
  const reply = result.kind === 'reply' ? result.reply : null;
  return {
    servedModel: result.kind === 'filtered' ? result.servedModel : (reply?.servedModel ?? null),
    systemFingerprint: reply?.systemFingerprint ?? null,
    finishReason: reply?.finishReason ?? null,
    usage: reply?.usage ?? null,
    ...(reply !== null && reply.usage === null ? { estimated: estimateUsage(request, reply) } : {}),
    attempts: result.attempts,
    latencyMs: result.latencyMs,
    endedAt,
    notes: [...(reply?.adaptations ?? []), ...(reply?.notes ?? [])],
  };
}

/** What several calls for one answer took together; names are those of the last. */
export function addUpCalls(earlier: CallMeta, last: CallMeta): CallMeta {
  const { estimated: _estimated, ...rest } = last;
  return {
    ...rest,
    usage: addUsage(earlier.usage, last.usage),
    ...addEstimates(earlier.estimated, last.estimated),
    attempts: earlier.attempts + last.attempts,
    latencyMs: Math.max(earlier.latencyMs, last.latencyMs),
    notes: [...new Set([...earlier.notes, ...last.notes])],
  };
}

export interface JudgeCall {
  readonly request: ChatRequest;
  readonly id: string;
  readonly priority: number;
  readonly reask: number;
  readonly format: VerdictFormat;
  readonly now: () => number;
  readonly onReply: (result: CallResult) => void;
}

/**
 * Asks a judge, and again while its verdict has no readable rating. Tokens and attempts of all asks
 * are added up. null when the lane stopped before the last of them: the judgment then stays planned.
 */
export async function askJudge(
  lane: Lane,
  call: JudgeCall,
): Promise<{ readonly judgment: Judgment; readonly meta: JudgmentMeta } | null> {
  let earlier: JudgmentMeta | null = null;
  for (let ask = 1; ; ask += 1) {
    const id = ask === 1 ? call.id : `${call.id}-r${ask}`;
    const result = await lane.call(call.request, { id, priority: call.priority });
    if (result === null) return null;
    call.onReply(result);
    const { judgment, expected } = judgmentFrom(result, call.format);
    const meta = addUp(earlier, {
      ...metaOf(result, { request: call.request, endedAt: call.now() }),
      asks: ask,
      verdictFormat: call.format,
      expected,
    });
    if (judgment.status !== 'unparsed' || ask > call.reask) return { judgment, meta };
    earlier = meta;
  }
}

function addUp(
  earlier: JudgmentMeta | null,
  last: Omit<JudgmentMeta, 'parserVersion'>,
): JudgmentMeta {
  return {
    ...last,
    usage: addUsage(earlier?.usage ?? null, last.usage),
    ...addEstimates(earlier?.estimated, last.estimated),
    attempts: (earlier?.attempts ?? 0) + last.attempts,
    parserVersion: VERDICT_PARSER_VERSION,
  };
}

function addEstimates(
  a: TokenEstimate | undefined,
  b: TokenEstimate | undefined,
): { readonly estimated?: TokenEstimate } {
  if (a === undefined && b === undefined) return {};
  return {
    estimated: {
      promptTokens: (a?.promptTokens ?? 0) + (b?.promptTokens ?? 0),
      completionTokens: (a?.completionTokens ?? 0) + (b?.completionTokens ?? 0),
    },
  };
}

function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cachedTokens: addKnown(a.cachedTokens, b.cachedTokens),
    reasoningTokens: addKnown(a.reasoningTokens, b.reasoningTokens),
  };
}

function addKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
