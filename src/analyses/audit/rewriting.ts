import type { RunConfig } from '../../config/schema.ts';
import { splitReasoning } from '../../domain/reasoning.ts';
import type { Lane } from '../../endpoint/call-queue.ts';
import type { ProbeStore } from '../../ports/run-store.ts';
import { createWindow } from '../../run/window.ts';
import { type RewriteCall, rewritePrompt } from './plan.ts';

export type Helper = NonNullable<NonNullable<RunConfig['audit']>['helper']>;

interface Rewriting {
  readonly helper: Helper;
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly store: ProbeStore;
  readonly stop: AbortSignal;
  readonly failure: AbortController;
}

const WINDOW = 64;

/** Has texts rewritten and kept. A text that the helper gives nothing for stays unwritten: it counts as missing. */
export async function rewriteTexts(
  calls: readonly RewriteCall[],
  { helper, lanes, store, stop, failure }: Rewriting,
): Promise<void> {
  const lane = lanes.get(helper.endpoint);
  if (!lane) throw new Error(`no lane to ${helper.endpoint}`);
  const { model, api, decoding, strictParams } = helper;
  const window = createWindow(WINDOW, (error) => failure.abort(error));
  for (const call of calls) {
    await window.room();
    if (stop.aborted) break;
    window.begin(async () => {
      const request = { model, api, decoding, strictParams, prompt: rewritePrompt(call) };
      const result = await lane.call(request, {
        id: `rewrite-${call.key.slice(0, 16)}`,
        priority: 0,
      });
      if (result?.kind !== 'reply' || result.reply.finishReason === 'length') return;
      const { text } = splitReasoning(result.reply.content, result.reply.reasoning);
      if (text?.trim()) store.saveRewrite({ key: call.key, task: call.task, text: text.trim() });
    });
  }
  await window.idle();
  failure.signal.throwIfAborted();
}
