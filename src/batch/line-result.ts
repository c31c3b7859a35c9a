import type { BatchedCall, TrackedBatch } from '../domain/batch.ts';
import { judgeableText } from '../domain/model-response.ts';
import type { LineResult } from '../ports/batch-store.ts';
import type { EndedCall } from '../ports/chat-model.ts';
import { responseFrom } from '../scorers/judge/answer-outcome.ts';
import { judgmentFrom } from '../scorers/judge/outcome.ts';
import { isSuspect } from '../scorers/judge/suspect.ts';
import { VERDICT_PARSER_VERSION } from '../scorers/judge/verdict.ts';
import type { BatchWorks } from './works.ts';

/** How a line's call ended, as it is stored: by the same rules as a call that was made online. */
export function lineResult(
  call: BatchedCall,
  ended: EndedCall,
  {
    batch,
    works,
  }: {
    readonly batch: TrackedBatch;
    readonly works: Pick<BatchWorks, 'program' | 'store' | 'clock'>;
  },
): LineResult {
  const { key, role, position } = call;
  const meta = metaOf(call, ended, { batch, now: works.clock.now() });
  const { estimated, usage: counted } = meta;
  const usage = counted ?? (estimated ? { ...estimated, cachedTokens: null } : null);
  const result = { key, role, position, fate: 'stored', usage } as const;
  if (role === 'response') {
    const response = responseFrom(ended);
    const suspect = isSuspect(judgeableText(response));
    return { ...result, ended: { kind: 'response', response, meta: { ...meta, suspect } } };
  }
  const judge = works.program.judges[position];
  if (!judge) throw new Error(`the run has no judge ${position}`);
  const { format } = judge.verdict;
  const { judgment, expected } = judgmentFrom(ended, format);
  return {
    ...result,
    ended: {
      kind: 'judgment',
      judgment,
      meta: {
        ...meta,
        asks: works.store.asksOf(call) + 1,
        verdictFormat: format,
        expected,
        parserVersion: VERDICT_PARSER_VERSION,
      },
    },
  };
}

/** Nobody says how long a call in a batch took. */
function metaOf(
  { role, position, promptTokens }: BatchedCall,
  ended: EndedCall,
  { batch, now }: { readonly batch: TrackedBatch; readonly now: number },
) {
  const reply = ended.kind === 'reply' ? ended.reply : null;
  const written = `${reply?.content ?? ''}${reply?.reasoning ?? ''}`;
  const completionTokens = Math.ceil(Buffer.byteLength(written) / 4);
  return {
    servedModel: ended.kind === 'filtered' ? ended.servedModel : (reply?.servedModel ?? null),
    systemFingerprint: reply?.systemFingerprint ?? null,
    finishReason: reply?.finishReason ?? null,
    usage: reply?.usage ?? null,
    ...(reply?.usage === null ? { estimated: { promptTokens, completionTokens } } : {}),
    attempts: 1,
    latencyMs: 0,
    endedAt: now,
    notes: [...(batch.adaptations[`${role} ${position}`] ?? []), ...(reply?.notes ?? [])],
  };
}
