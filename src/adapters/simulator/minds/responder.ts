import type { IncomingHttpHeaders } from 'node:http';
import {
  azureDeploymentNotFound,
  azureRouteError,
  openaiBadRequest,
  vllmBadRequest,
  vllmRouteError,
  vllmUnknownModel,
} from '../faults/error-replies.ts';
import {
  type CompletionBody,
  completionBody,
  type Generated,
  generate,
} from '../wire/completions.ts';
import { refuseCredentials } from '../wire/credentials.ts';
import type { Route } from '../wire/routes.ts';
import { sign } from '../wire/signature.ts';
import type { WireReply } from '../wire/wire-reply.ts';
import { answerQuality, writeAnswer } from './answers.ts';
import { type Ask, readAsk } from './ask.ts';
import { echoedTokens, labelTokens } from './choice-tokens.ts';
import { askedChoice, takenOption } from './choices.ts';
import { hash32 } from './draws.ts';
import { type JudgeCast, servedAs } from './planned-judge.ts';
import type { QuestionIndex } from './question-index.ts';
import { rewrite } from './rewriting.ts';
import { writeVerdict } from './verdicts.ts';

/** A request with its body read to the end. */
export interface Received {
  readonly route: Route;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

/** What the simulator serves and to whom. */
export interface Offer {
  readonly index: QuestionIndex;
  readonly apiKey: string | undefined;
  /** Undefined serves any name. */
  readonly models: readonly string[] | undefined;
  readonly cast: JudgeCast;
}

/** A reply that needs no generation, or a request that is fit for one. */
export type Admission =
  | { readonly refusal: WireReply }
  | { readonly ask: Ask; readonly drawKey: string };

/** Everything that is checked before a word is generated. */
export function admit({ route, headers, raw }: Received, offer: Offer): Admission {
  const unauthorized = refuseCredentials(headers, route, offer.apiKey);
  if (unauthorized) return { refusal: unauthorized };
  const read = isJson(headers) ? readAsk(raw, route) : { refusal: notJson(route) };
  if ('refusal' in read) return read;
  const { ask } = read;
  if (offer.models && !offer.models.includes(ask.model)) {
    const unknown = route.surface === 'azure' ? azureDeploymentNotFound : vllmUnknownModel;
    return { refusal: unknown(ask.model) };
  }
  return { ask, drawKey: drawKey(ask, requestIdStem(headers)) };
}

/** For a request that wants its answer as a stream. */
export function streamRefusal(): WireReply {
  return openaiBadRequest('streaming is not simulated');
}

/** The text that belongs to the request, with its token counts. */
export function fulfil(ask: Ask, key: string, { index, cast }: Offer): Generated {
  const request = { ...ask, drawKey: key };
  if (ask.role === 'judge') {
    const acting = cast.act(ask.model);
    const generated = generate(ask, writeVerdict({ ...request, acting }, index));
    const served = acting && servedAs(acting);
    return served === null ? generated : { ...generated, model: `simulated:${served}` };
  }
  const probable = probableAnswer(ask, key, index);
  if (probable !== null) return probable;
  const answer = rewrite(ask.prompt) ?? writeAnswer(request, index);
  const family = cast.familyOf(ask.model);
  return generate(ask, family === null ? answer : sign(answer, family));
}

/** A choice by its probabilities, or an echoed prompt with those of its tokens; null where neither is asked. */
function probableAnswer(ask: Ask, key: string, index: QuestionIndex): Generated | null {
  if (!ask.logprobs) return null;
  const match = index.find(ask.prompt);
  const quality = match === null ? 0 : answerQuality({ ...ask, drawKey: key }, match);
  if (ask.body['echo'] === true) {
    const tokens = echoedTokens(ask.prompt, match, { model: ask.model, quality });
    const text = tokens.map(({ token }) => token).join('');
    return {
      ...generate(ask, '\n'),
      ...{ text, tokens, promptTokens: tokens.length - 1, completionTokens: 1 },
    };
  }
  const choice = match && askedChoice(match, ask.prompt);
  if (!choice) return null;
  const { label } = takenOption(choice, quality, key);
  return { ...generate(ask, label), tokens: labelTokens(choice, label, quality) };
}

/** The 200's body. vLLM names a completion after the request, where the request has a name. */
export function replyBody(
  generated: Generated,
  { route, headers }: Received,
  { ask, drawKey: key }: { readonly ask: Ask; readonly drawKey: string },
): CompletionBody {
  const own = hash32(key).toString(16).padStart(8, '0');
  const given = route.surface === 'vllm' ? (requestId(headers) ?? ask.requestId) : null;
  return completionBody(generated, route, given ?? own);
}

/** For paths and methods that are not served. */
export function strayReply(route: Route): WireReply {
  if (route.surface === 'azure') return azureRouteError();
  return vllmRouteError(route.kind === 'wrong-method' ? 405 : 404);
}

/** The request's id, as sent. */
export function requestId(headers: IncomingHttpHeaders): string | null {
  const id = headers['x-request-id'];
  return typeof id === 'string' ? id : null;
}

/** The request's id without its attempt number: a retry is the same request. */
export function requestIdStem(headers: IncomingHttpHeaders): string {
  return requestId(headers)?.replace(/-a\d+$/u, '') ?? '';
}

/** At temperature 0 real servers repeat themselves, whatever the request is called. */
function drawKey({ model, prompt, seed, temperature }: Ask, stem: string): string {
  return [model, prompt, seed ?? '', temperature === 0 ? '' : stem].join('\u0000');
}

function isJson(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.toLowerCase().startsWith('application/json') === true;
}

function notJson({ surface }: Route): WireReply {
  return surface === 'azure'
    ? openaiBadRequest('Invalid Content-Type header. Expected application/json.')
    : vllmBadRequest("Unsupported Media Type: Only 'application/json' is allowed");
}
