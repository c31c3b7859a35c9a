import type { CallMeta } from '../domain/call.ts';
import { OperatorError } from '../domain/errors.ts';
import type { ModelResponse } from '../domain/model-response.ts';
import type { Decoding } from '../domain/model-spec.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { TokenEvidence } from '../domain/token-evidence.ts';
import type { CallResult, Lane } from '../endpoint/call-queue.ts';
import type { ChatReply, ChatRequest } from '../ports/chat-model.ts';
import type { RunModel, RunProgram } from '../prepare/program.ts';
import { chatRequest } from '../prepare/requests.ts';
import { echoedOption, firstTokenEvidence } from '../scorers/choice/reply-evidence.ts';
import { responseFrom } from '../scorers/judge/answer-outcome.ts';
import { addUpCalls, metaOf } from './calls.ts';
import { type AskedQuestion, continuationsOf, promptOf, taskOf } from './task-prompts.ts';

export interface Asking {
  readonly program: RunProgram;
  readonly model: RunModel;
  readonly question: AskedQuestion;
  readonly lane: Lane;
  readonly id: string;
  readonly priority: number;
  readonly now: () => number;
  readonly onReply: (result: CallResult) => void;
}

/** An answer as its calls brought it. */
export interface AskedAnswer {
  readonly response: ModelResponse;
  readonly meta: CallMeta;
  readonly evidence: TokenEvidence | null;
}

/**
 * Asks for an answer in the way of its task: by its words, by the probabilities of its first token, or
 * by the likelihood of every option. null when the lane stopped. Throws OperatorError where the server
 * cannot give what the task is scored by: no option may score 0 for the want of it.
 */
export async function askAnswer(asking: Asking): Promise<AskedAnswer | null> {
  const { program, question } = asking;
  const { solution } = question.item;
  const method = solution === undefined ? 'generate' : taskOf(program, solution).method;
  const prompt = promptOf(program, question);
  switch (method) {
    case 'generate':
      return await askOnce(asking, chatRequest(asking.model, prompt));
    case 'logprobs':
      return await askFirstToken(asking, prompt);
    case 'loglikelihood':
      return await askOptions(asking, prompt);
    default:
      return method satisfies never;
  }
}

async function askOnce(asking: Asking, request: ChatRequest): Promise<AskedAnswer | null> {
  const result = await call(asking, request, asking.id);
  if (result === null) return null;
  const meta = metaOf(result, { request, endedAt: asking.now() });
  return { response: responseFrom(result), meta, evidence: null };
}

async function call({ lane, priority, onReply }: Asking, request: ChatRequest, id: string) {
  const result = await lane.call(request, { id, priority });
  if (result !== null) onReply(result);
  return result;
}

/** As many alternatives as OpenAI, Azure and an unconfigured vLLM give. */
const ALTERNATIVES = 20;

async function askFirstToken(asking: Asking, prompt: Prompt): Promise<AskedAnswer | null> {
  const { model, id } = asking;
  const request = withDecoding(chatRequest(model, prompt), (api) =>
    api === 'chat'
      ? { max_tokens: 1, logprobs: true, top_logprobs: ALTERNATIVES }
      : { max_tokens: 1, logprobs: ALTERNATIVES },
  );
  const result = await call(asking, request, id);
  if (result === null) return null;
  const meta = metaOf(result, { request, endedAt: asking.now() });
  if (result.kind !== 'reply') return { response: responseFrom(result), meta, evidence: null };
  const evidence = firstTokenEvidence(result.reply);
  if (evidence === null) throw new OperatorError(noProbabilities(model));
  return { response: withText(result.reply), meta, evidence };
}

/** The token may be white space: it is an answer all the same. */
function withText({ content, reasoning }: ChatReply): ModelResponse {
  return { status: 'completed', text: content ?? '', reasoning };
}

async function askOptions(asking: Asking, prompt: Prompt): Promise<AskedAnswer | null> {
  const { program, question, model } = asking;
  const bare = [...prompt].map(({ content }) => content).join('\n\n');
  const calls = continuationsOf(program, question).map(async (continuation, place) => {
    const content = `${bare} ${continuation}`;
    const spec = {
      ...chatRequest(model, [{ role: 'user', content }]),
      api: 'completions' as const,
    };
    const request = withDecoding(spec, () => ({ max_tokens: 1, echo: true, logprobs: 1 }));
    const result = await call(asking, request, `${asking.id}-o${place}`);
    return result && { result, continuation, request };
  });
  const ended = await Promise.all(calls);
  const all = ended.filter((one) => one !== null);
  const [first] = all;
  if (first === undefined || all.length < ended.length) return null;
  const meta = all
    .map(({ result, request }) => metaOf(result, { request, endedAt: asking.now() }))
    .reduce(addUpCalls);
  const lost = all.find(({ result }) => result.kind !== 'reply');
  if (lost !== undefined) return { response: responseFrom(lost.result), meta, evidence: null };
  const options = all.flatMap(({ result, continuation }) =>
    result.kind === 'reply' ? echoedOption(result.reply, continuation) : [],
  );
  const silent = options.find(({ kind }) => kind === 'no-echo');
  if (silent?.kind === 'no-echo') throw new OperatorError(noEcho(model, silent));
  const found = options.flatMap((one) => (one.kind === 'likelihood' ? one.option : []));
  if (found.length < all.length) return { response: UNALIGNED, meta, evidence: null };
  return {
    response: { status: 'completed', text: '', reasoning: null },
    meta,
    evidence: { kind: 'options', options: found },
  };
}

const UNALIGNED: ModelResponse = {
  status: 'failed',
  error: {
    kind: 'protocol',
    message: 'the tokens that the server echoed do not end in the option that was sent',
    status: null,
    code: null,
  },
};

function withDecoding(request: ChatRequest, own: (api: ChatRequest['api']) => Decoding) {
  return { ...request, decoding: { ...request.decoding, ...own(request.api) } };
}

const INSTEAD =
  'vLLM can do `generate`, `logprobs` and `loglikelihood`; Azure and OpenAI chat can do `generate` and `logprobs`; any server can do `generate`.';

function noProbabilities({ spec }: RunModel): string {
  return `${spec.name} came without token probabilities, which \`method: logprobs\` reads a choice from. Its server does not give them. ${INSTEAD}`;
}

function noEcho(
  { spec }: RunModel,
  { tokens, promptTokens }: { readonly tokens: number; readonly promptTokens: number | null },
): string {
  const of = promptTokens === null ? '' : ` of a prompt of ${promptTokens}`;
  return `${spec.name} came with probabilities of ${tokens} tokens${of}, so its server does not echo the prompt (llama.cpp ignores \`echo\`): \`method: loglikelihood\` would score every option alike. ${INSTEAD}`;
}
