import { jsonReply, type WireReply } from '../wire/wire-reply.ts';

/** Error bodies of vLLM 0.10.1 and later. */
export function vllmError(
  status: number,
  { message, type, param = null }: { message: string; type: string; param?: string | null },
): WireReply {
  return jsonReply(status, { error: { message, type, param, code: status } });
}

export function vllmBadRequest(message: string, param: string | null = null): WireReply {
  return vllmError(400, { message, type: 'BadRequestError', param });
}

/** The 404 for a name that the server does not serve. */
export function vllmUnknownModel(model: string): WireReply {
  return vllmError(404, {
    message: `The model \`${model}\` does not exist.`,
    type: 'NotFoundError',
    param: 'model',
  });
}

/** What a dead engine says, where it still says something. */
export function vllmEngineError(): WireReply {
  return vllmError(500, {
    message: 'EngineCore encountered an issue. See stack trace (above) for the root cause.',
    type: 'InternalServerError',
  });
}

/** The key check's 401, whose `error` is a string. */
export function vllmUnauthorized(): WireReply {
  return jsonReply(401, { error: 'Unauthorized' });
}

/** FastAPI's own errors, as newer vLLM versions word them. */
export function vllmRouteError(status: 404 | 405): WireReply {
  const phrase = status === 404 ? 'Not Found' : 'Method Not Allowed';
  return vllmError(status, { message: phrase, type: phrase });
}

/** Errors of the Azure gateway: no type, no param, the code a string. */
export function azureError(status: number, code: string, message: string): WireReply {
  return jsonReply(status, { error: { code, message } });
}

export function azureWrongKey(): WireReply {
  return azureError(
    401,
    '401',
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
  );
}

/** A refused Entra token: `statusCode` and `message` at the top level. */
export function azureWrongToken(): WireReply {
  return jsonReply(401, {
    statusCode: 401,
    message:
      'Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.',
  });
}

export function azureRouteError(): WireReply {
  return azureError(404, '404', 'Resource not found');
}

export function azureDeploymentNotFound(): WireReply {
  return azureError(
    404,
    'DeploymentNotFound',
    'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
  );
}

/** Errors of the model behind the gateway, in OpenAI's shape. */
export function openaiBadRequest(
  message: string,
  { param = null, code = null }: { param?: string | null; code?: string | null } = {},
): WireReply {
  return jsonReply(400, { error: { message, type: 'invalid_request_error', param, code } });
}
