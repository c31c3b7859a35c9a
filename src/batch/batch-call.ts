import type { BatchRole, BatchWave } from '../domain/batch.ts';
import { type BatchSetting, batchModel } from '../domain/batch-setting.ts';
import { estimateUsage } from '../endpoint/token-estimate.ts';
import type { ChatRequest } from '../ports/chat-model.ts';

/** A call that is to go out in a file. */
export interface BatchCall {
  readonly key: string;
  readonly role: BatchRole;
  /** In the run's models or judges. */
  readonly position: number;
  /** Its name in the config. */
  readonly endpoint: string;
  readonly request: ChatRequest;
}

/** What is reckoned for a reply without max_tokens. */
const UNCAPPED_TOKENS = 1024;

/** Tokens that a call may take: its prompt by length, and the most that may be generated. */
export function tokensOf(request: ChatRequest): {
  readonly promptTokens: number;
  readonly completionTokens: number;
} {
  const { promptTokens } = estimateUsage(request, { content: null, reasoning: null });
  const { max_completion_tokens: newer, max_tokens: older } = request.decoding;
  const cap = newer ?? older;
  return { promptTokens, completionTokens: typeof cap === 'number' ? cap : UNCAPPED_TOKENS };
}

/** What the calls of one file share. */
export interface BatchGroup {
  readonly endpoint: string;
  readonly model: string;
  readonly api: ChatRequest['api'];
  readonly wave: BatchWave;
}

export function groupOf({ endpoint, role, request }: BatchCall, setting: BatchSetting): BatchGroup {
  return {
    endpoint,
    model: batchModel(setting, request.model),
    api: request.api,
    wave: role === 'response' ? 'answers' : 'judgments',
  };
}
