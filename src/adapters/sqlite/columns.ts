import type { CallMeta } from '../../domain/call.ts';
import type { Judgment } from '../../domain/judgment.ts';
import type { ModelResponse } from '../../domain/model-response.ts';
import type { JudgmentMeta, ResponseMeta } from '../../ports/outcome-meta.ts';
import type { ScoredByRule } from '../../ports/run-store.ts';
import { exactColumn } from './exact-text.ts';

/** A response as the columns of its table; `detail` is JSON whose shape depends on the status. */
export function responseColumns(response: ModelResponse, meta: ResponseMeta) {
  const body = responseBody(response);
  return {
    status: response.status,
    ...body,
    exact: exactColumn(body),
    suspect: meta.suspect ? 1 : 0,
    evidence: meta.evidence === undefined ? null : JSON.stringify(meta.evidence),
    ...metaColumns(meta),
  };
}

function responseBody(response: ModelResponse) {
  switch (response.status) {
    case 'completed':
    case 'truncated':
      return { text: response.text, reasoning: response.reasoning, detail: null };
    case 'empty':
      return {
        text: null,
        reasoning: response.reasoning,
        detail: JSON.stringify({ cause: response.cause }),
      };
    case 'filtered':
      return {
        text: response.text,
        reasoning: null,
        detail: JSON.stringify({ filter: response.filter }),
      };
    case 'failed':
      return { text: null, reasoning: null, detail: JSON.stringify({ error: response.error }) };
    default:
      return response satisfies never;
  }
}

/** A judgment as the columns of its table. */
export function judgmentColumns(judgment: Judgment, meta: JudgmentMeta) {
  const body = judgmentBody(judgment);
  return {
    status: judgment.status,
    ...body,
    exact: exactColumn(body),
    ...metaColumns(meta),
    parserVersion: meta.parserVersion,
    asks: meta.asks,
    verdictFormat: meta.verdictFormat,
    expectedRating: meta.expected?.value ?? null,
    expectedMass: meta.expected?.mass ?? null,
    expectedEntropy: meta.expected?.entropy ?? null,
  };
}

/** How a rule scored an answer, as the columns of its table. */
export function ruleJudgmentColumns({ scorer, judgment, version }: ScoredByRule) {
  const { status, score, cause, places, measures } = judgment;
  return {
    scorer,
    ...{ status, score, cause },
    chosen: places?.chosen ?? null,
    place: places?.place ?? null,
    goldPlace: places?.goldPlace ?? null,
    measures: Object.keys(measures).length > 0 ? JSON.stringify(measures) : null,
    readerVersion: version,
  };
}

export function judgmentBody(judgment: Judgment) {
  const blank = {
    rating: null,
    parse: null,
    conflicting: null,
    text: null,
    reasoning: null,
    detail: null,
  };
  switch (judgment.status) {
    case 'rated': {
      const { rating, parse, text, reasoning } = judgment;
      return {
        ...blank,
        rating,
        parse,
        conflicting: judgment.conflicting ? 1 : 0,
        text,
        reasoning,
      };
    }
    case 'out-of-range': {
      const { text, reasoning, value } = judgment;
      return { ...blank, text, reasoning, detail: JSON.stringify({ value }) };
    }
    case 'unparsed': {
      const { text, reasoning, cause } = judgment;
      return { ...blank, text, reasoning, detail: JSON.stringify({ cause }) };
    }
    case 'filtered':
      return { ...blank, detail: JSON.stringify({ filter: judgment.filter }) };
    case 'failed':
      return { ...blank, detail: JSON.stringify({ error: judgment.error }) };
    default:
      return judgment satisfies never;
  }
}

function metaColumns(meta: CallMeta) {
  return {
    servedModel: meta.servedModel,
    systemFingerprint: meta.systemFingerprint,
    finishReason: meta.finishReason,
    promptTokens: meta.usage?.promptTokens ?? null,
    completionTokens: meta.usage?.completionTokens ?? null,
    cachedTokens: meta.usage?.cachedTokens ?? null,
    reasoningTokens: meta.usage?.reasoningTokens ?? null,
    estimatedPromptTokens: meta.estimated?.promptTokens ?? null,
    estimatedCompletionTokens: meta.estimated?.completionTokens ?? null,
    attempts: meta.attempts,
    latencyMs: meta.latencyMs,
    endedAt: meta.endedAt,
    notes: meta.notes.length > 0 ? JSON.stringify(meta.notes) : null,
  };
}
