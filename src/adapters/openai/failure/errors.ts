import type { CallError } from '../../../domain/call.ts';
import type { AttemptOutcome } from '../../../ports/chat-model.ts';
import { headerValue, type Target, type WireReply } from '../reply/exchange.ts';
import { retryAfterMs } from '../reply/retry-after.ts';
import { type ErrorBody, parseErrorBody } from './error-body.ts';

/** Every wording of "the prompt is too long" that vLLM (four eras), llama.cpp, OpenAI and Azure have used. */
const CONTEXT_LENGTH =
  /maximum context length (?:is|\()\s*\d+|context length is only \d+|your prompt contains (?:at least )?\d+ |exceeds? (?:the|model's) (?:available context size|maximum context length)|is too large: \d+(?!.*supports at most)|You passed \d+ input|cannot be greater than max_model_len|longer than the maximum model length/is;
/**
 * How Azure has said that the model behind a deployment is gone (litellm#11116, litellm#11505,
 * ai-dial-chat#5147). Only at the start of a message: further on it may be the caller's own prompt.
 */
const RETIRED =
  /^\s*the model .{0,120}(?:deprecated|retired|no longer available)|^\s*the \S+ operation does not work with the specified model/is;
const CONTEXT_TYPES = new Set(['context_length_exceeded', 'exceed_context_size_error']);
/**
 * A server that has more to do than it takes on: vLLM's queue caps ("currently busy", "backlog limit"),
 * OpenAI's and others' overload. One that is scaling or loading its model is not there at all.
 */
const LOADED =
  /\b(?:busy|overloaded|backlog|too many|high demand|capacity|queue (?:is )?full|peak load|rate.?limit)/i;
/** llama.cpp could not read what its own model wrote (5xx): the text's fault, not the server's. */
const BAD_OUTPUT = /the model produced output that does not match the expected/i;
/** LiteLLM's words for a wrong key (without a database to look it up in) and for a wrong model, both 400. */
const GATEWAY_KEY = 'no_db_connection';
const GATEWAY_MODEL = /\binvalid model name passed in\b/i;
/** A resent id while vLLM still runs the earlier request. */
const ALREADY_RUNNING = /^\s*request id \S+ (?:is )?already running/i;

/** Judges a reply whose status is not 2xx. */
export function classifyError(reply: WireReply, target: Target, now: number): AttemptOutcome {
  const body = parseErrorBody(reply.status, reply.bodyText);
  const waitMs = retryAfterMs(reply.headers, body.message, now);
  if (body.filteredCategories !== null) {
    return {
      kind: 'filtered',
      filter: { stage: 'prompt', categories: [...body.filteredCategories] },
      text: null,
      servedModel: null,
    };
  }
  if (reply.status >= 300 && reply.status < 400) return redirected(reply, target);
  if (reply.status === 400 && body.type === GATEWAY_KEY) {
    return classifyStatus(401, body, waitMs, target);
  }
  if (isNotFound(reply.status, body)) return notFound(reply.status, body, target);
  return classifyStatus(reply.status, body, waitMs, target);
}

function classifyStatus(
  status: number,
  body: ErrorBody,
  waitMs: number | null,
  target: Target,
): AttemptOutcome {
  const error = (kind: CallError['kind'], message = body.message): CallError => ({
    kind,
    message,
    status,
    code: body.code,
  });
  const retry = (kind: CallError['kind'], holds: 'call' | 'endpoint' = 'call'): AttemptOutcome => ({
    kind: 'retryable',
    error: error(kind),
    waitMs,
    holds,
  });
  switch (status) {
    case 401:
    case 403:
    case 407:
      return { kind: 'fatal', error: error('auth', refusal(status, body, target)) };
    case 402:
      return { kind: 'fatal', error: error('quota') };
    case 408:
      return retry('timeout');
    case 409:
    case 425:
      return retry('server');
    case 429:
      return body.code === 'insufficient_quota'
        ? { kind: 'fatal', error: error('quota') }
        : retry('rate-limit', 'endpoint');
    default:
      if (status >= 500) return serverError(body, { retry, status, error });
      if (ALREADY_RUNNING.test(body.message)) return retry('server');
      return { kind: 'terminal', error: error(terminalKind(body), withParam(body)) };
  }
}

interface Parts {
  readonly status: number;
  readonly error: (kind: CallError['kind']) => CallError;
  readonly retry: (kind: CallError['kind'], holds?: 'call' | 'endpoint') => AttemptOutcome;
}

function serverError(body: ErrorBody, { status, error, retry }: Parts): AttemptOutcome {
  if (BAD_OUTPUT.test(body.message)) {
    const own = { ...error('protocol'), code: 'unreadable-output' };
    return { kind: 'retryable', error: own, waitMs: null, holds: 'call' };
  }
  const isLoaded = (status === 503 || status === 529) && LOADED.test(body.message);
  return isLoaded ? retry('rate-limit', 'endpoint') : retry('server');
}

function terminalKind(body: ErrorBody): 'context-length' | 'bad-request' {
  const named = [body.code, body.type].some((name) => name !== null && CONTEXT_TYPES.has(name));
  const tooLong = named || CONTEXT_LENGTH.test(body.message);
  return tooLong ? 'context-length' : 'bad-request';
}

/** The parameter's name must survive in the message: it decides what can be dropped. */
function withParam(body: ErrorBody): string {
  if (body.param === null || body.message.includes(body.param)) return body.message;
  return `${body.message} (parameter ${body.param})`;
}

function isNotFound(status: number, body: ErrorBody): boolean {
  if (status === 404 || status === 405 || status === 410) return true;
  const named = body.code === 'DeploymentNotFound' || body.code === 'model_not_found';
  const said = RETIRED.test(body.message) || GATEWAY_MODEL.test(body.message);
  return status === 400 && (named || said);
}

function notFound(status: number, body: ErrorBody, target: Target): AttemptOutcome {
  const retired = RETIRED.test(body.message);
  const advice = retired
    ? `the model behind ${target.noun} "${target.model}" is retired: choose another one`
    : `check the URL and that ${target.noun} "${target.model}" exists there and is not retired`;
  const message = `${target.url} does not serve ${target.noun} "${target.model}" (${status}: ${body.message}); ${advice}`;
  return { kind: 'fatal', error: { kind: 'not-found', message, status, code: body.code } };
}

function refusal(status: number, body: ErrorBody, target: Target): string {
  return `${target.url} refused access (${status}: ${body.message}); ${target.authAdvice}`;
}

function redirected(reply: WireReply, target: Target): AttemptOutcome {
  const location = headerValue(reply.headers, 'location') ?? 'nowhere';
  const message = `${target.url} redirects to ${location} instead of answering (${reply.status}); give the address of the model server itself`;
  return {
    kind: 'fatal',
    error: { kind: 'protocol', message, status: reply.status, code: null },
  };
}
