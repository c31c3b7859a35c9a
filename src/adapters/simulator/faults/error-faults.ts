import { gzipSync } from 'node:zlib';
import { always, type Injector } from '../minds/injection.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import {
  azureDeploymentNotFound,
  azureError,
  azureRouteError,
  azureWrongKey,
  azureWrongToken,
  openaiBadRequest,
  vllmBadRequest,
  vllmEngineError,
  vllmError,
  vllmUnauthorized,
  vllmUnknownModel,
} from './error-replies.ts';

export const ERROR_FAULTS = {
  // 400 in the flat shape of vLLM up to 0.10.0.
  'flat-error': always(
    jsonReply(400, {
      object: 'error',
      message: 'The request was rejected.',
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
  ),
  // 400 in the nested shape of vLLM from 0.10.1.
  'nested-error': always(vllmBadRequest('The request was rejected.')),
  // 422 in the shape of FastAPI: {"detail"}.
  'detail-error': always(
    jsonReply(422, { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }),
  ),
  // 400 whose detail is a hundred thousand lists in each other.
  'deep-error': always({
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: `{"detail":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  }),
  // 400 of LiteLLM for a wrong key (no_db_connection).
  'gateway-key': always(
    jsonReply(400, {
      error: { message: 'No connected db.', type: 'no_db_connection', param: null, code: '400' },
    }),
  ),
  // 400 of LiteLLM for a model it does not know.
  'gateway-model': ({ answer }) => ({
    kind: 'reply',
    reply: jsonReply(400, {
      error: {
        message: `/chat/completions: Invalid model name passed in model=${answer?.ask.model ?? ''}. Call \`/v1/models\` to view available models for your key.`,
        type: 'None',
        param: 'None',
        code: '400',
      },
    }),
  }),
  // 500 of llama.cpp for a text of the model that it cannot parse.
  'unreadable-output': always(
    jsonReply(500, {
      error: {
        code: 500,
        message: 'The model produced output that does not match the expected peg-native format.',
        type: 'server_error',
      },
    }),
  ),
  // 429 with a gzip-encoded body, asked for or not.
  'gzip-error': always(
    gzipped(azureError(429, '429', 'Rate limit is exceeded. Try again in 2 seconds.')),
  ),
  // 401, the error a string.
  'unauthorized-vllm': always(vllmUnauthorized()),
  // 401 for a wrong subscription key.
  'unauthorized-azure': always(azureWrongKey()),
  // 401 for an Entra token, statusCode at the top level.
  'token-expired': always(azureWrongToken()),
  // 401 for an Entra principal without the role.
  'permission-denied': always(
    azureError(
      401,
      'PermissionDenied',
      'The principal simulated-principal lacks the required data action Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action to perform this operation.',
    ),
  ),
  // 403, the resource temporarily blocked.
  forbidden: always(
    azureError(403, '403', 'Your resource has been temporarily blocked because of unusual use.'),
  ),
  // 429 from the metadata service that hands out tokens.
  'token-provider-throttled': always(
    jsonReply(429, {
      error: 'too_many_requests',
      error_description: 'Temporarily throttled. Too many requests to the metadata service.',
    }),
  ),
  // 408.
  'request-timeout': always(azureError(408, 'Timeout', 'The operation was timeout.')),
  // 409.
  conflict: always(azureError(409, 'Conflict', 'The resource is being updated. Try again later.')),
  // 500 without a body (dead engine).
  'empty-500': always({ status: 500, headers: {}, body: '' }),
  // 500 in the nested shape (dead engine).
  'nested-500': always(vllmEngineError()),
  // 503 of a vLLM whose queue is full.
  'queue-full': always(
    vllmError(503, {
      message:
        'The engine is currently busy and cannot accept new requests. Please try again later or on a different instance.',
      type: 'Service Unavailable',
    }),
  ),
  // 503 of a model overloaded with other requests.
  overloaded: always(
    jsonReply(503, {
      error: {
        message:
          'That model is currently overloaded with other requests. You can retry your request.',
        type: 'server_error',
        param: null,
        code: null,
      },
    }),
  ),
  // 502 with a page of HTML.
  'gateway-502': always(gatewayPage(502, 'Bad Gateway')),
  // 503 with a page of HTML.
  'gateway-503': always(gatewayPage(503, 'Service Temporarily Unavailable')),
  // 504 with a page of HTML.
  'gateway-504': always(gatewayPage(504, 'Gateway Time-out')),
  // 404 of a replica that has not loaded the adapter.
  'adapter-missing': ({ answer }) => ({
    kind: 'reply',
    reply: vllmUnknownModel(answer?.ask.model ?? ''),
  }),
  // 404 of an Azure deployment that is not there yet.
  'deployment-not-found': always(azureDeploymentNotFound()),
  // 404 Resource not found, of a retired model.
  'retired-404': always(azureRouteError()),
  // 400, the operation does not work with the retired model.
  'retired-400': ({ answer }) => ({
    kind: 'reply',
    reply: azureError(
      400,
      'OperationNotSupported',
      `The chatCompletion operation does not work with the specified model, ${answer?.ask.model ?? ''}. Please choose different model and try again.`,
    ),
  }),
  // 410, the model is deprecated.
  'retired-410': always(
    azureError(
      410,
      'ModelDeprecated',
      'The model associated with the deployment is deprecated and no longer available for use.',
    ),
  ),
  // 400 as long as max_tokens is sent.
  'unsupported-parameter': ({ answer }) =>
    answer !== null && Object.hasOwn(answer.ask.body, 'max_tokens')
      ? { kind: 'reply', reply: UNSUPPORTED_PARAMETER }
      : null,
  // 400 as long as a temperature other than 1 is sent.
  'unsupported-value': ({ answer }) => {
    const temperature = answer?.ask.temperature ?? 1;
    if (temperature === 1) return null;
    const message = `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`;
    const reply = openaiBadRequest(message, { param: 'temperature', code: 'unsupported_value' });
    return { kind: 'reply', reply };
  },
} as const satisfies Readonly<Record<string, Injector>>;

const UNSUPPORTED_PARAMETER = openaiBadRequest(
  "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  { param: 'max_tokens', code: 'unsupported_parameter' },
);

function gatewayPage(status: number, phrase: string): WireReply {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html>\r\n<head><title>${status} ${phrase}</title></head>\r\n<body>\r\n<center><h1>${status} ${phrase}</h1></center>\r\n</body>\r\n</html>\r\n`,
  };
}

function gzipped({ status, headers, body }: WireReply): WireReply {
  return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) };
}
