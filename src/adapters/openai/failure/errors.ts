import type { CallError } from '../../../domain/call.ts';
import type { AttemptOutcome } from '../../../ports/chat-model.ts';
import { headerValue, type Target, type WireReply } from '../reply/exchange.ts';
import { retryAfterMs } from '../reply/retry-after.ts';
import { type ErrorBody, parseErrorBody } from './error-body.ts';

/** Every wording of "the prompt is too long" that vLLM (three eras), OpenAI and Azure have used. */
const CONTEXT_LENGTH =
  /maximum context length is \d+|context length is only \d+|is too large: \d+(?!.*supports at most)|You passed \d+ input|cannot be greater than max_model_len|longer than the maximum model length/is;
/**
 * How Azure has said that the model behind a deployment is gone (litellm#11116, litellm#11505,
 * ai-dial-chat#5147). Only at the start of a message: further on it may be the caller's own prompt.
 */
const RETIRED =
  /^\s*the model .{0,120}(?:deprecated|retired|no longer available)|^\s*the \S+ operation does not work with the specified model/is;
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
      if (status >= 500) return retry('server');
      if (ALREADY_RUNNING.test(body.message)) return retry('server');
      return { kind: 'terminal', error: error(terminalKind(body), withParam(body)) };
  }
}

function terminalKind(body: ErrorBody): 'context-length' | 'bad-request' {
  const tooLong = body.code === 'context_length_exceeded' || CONTEXT_LENGTH.test(body.message);
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
  return status === 400 && (named || RETIRED.test(body.message));
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
