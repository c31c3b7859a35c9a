import { modelLabel } from '../domain/model-label.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { ChatRequest } from '../ports/chat-model.ts';
import { inVerdictForm, judgeDecoding } from '../scorers/judge/request.ts';
import type { Asked, RunJudge } from './program.ts';

/** A prompt as a call to its model. */
export function chatRequest({ spec, strictParams }: Asked, prompt: Prompt): ChatRequest {
  if (spec.model === null)
    throw new Error(`${modelLabel(spec)} has recorded answers and cannot be asked`);
  return { model: spec.model, api: spec.api, decoding: spec.decoding, prompt, strictParams };
}

/** A filled rubric as a call to its judge, in the form in which its verdict is wanted. */
export function judgeRequest(judge: RunJudge, filled: Prompt): ChatRequest {
  const request = chatRequest(judge, inVerdictForm(filled, judge.verdict));
  return { ...request, decoding: judgeDecoding(judge.spec, judge) };
}
