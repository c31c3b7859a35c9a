import { batchModel } from '../../../domain/batch-setting.ts';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import type { BatchEndpoint } from '../../../ports/batch-endpoint.ts';
import { createAuthorization } from '../connection/authorization.ts';
import type { GetToken } from '../connection/azure-auth.ts';
import { createRedactor } from '../failure/redact.ts';
import { createAdaptations } from '../request/adaptations.ts';
import { requestBody } from '../request/request-body.ts';
import { batchSchema, fileSchema } from './objects.ts';
import { createBatchRequests } from './requests.ts';
import { readResultLine } from './result-line.ts';

/** Azure keeps 500 files that never expire, and ten thousand that do: 14 days, the least it takes. */
const EXPIRES_AFTER_SECONDS = 1_209_600;
const EXPIRY = { anchor: 'created_at', seconds: EXPIRES_AFTER_SECONDS } as const;

interface BatchEndpointOptions {
  /** Where Entra tokens come from, in place of Azure's credential chain. */
  readonly getToken?: GetToken;
}

/** Files and batches of OpenAI, Azure, and servers that speak the same. Rejects for a key that cannot be sent. */
export function createBatchEndpoint(
  endpoint: RemoteEndpoint,
  { getToken }: BatchEndpointOptions = {},
): BatchEndpoint {
  const redactor = createRedactor();
  const authorization = createAuthorization(endpoint, redactor, getToken);
  const requests = createBatchRequests(endpoint, { authorization, redactor });
  const { get, act, list } = requests;
  const adaptations = createAdaptations();
  const isAzure = endpoint.kind === 'azure';
  return {
    pathOf: ({ api }) =>
      endpoint.batch?.path ?? (isAzure ? URLS[api].slice('/v1'.length) : URLS[api]),
    line: (customId, request) => {
      const { decoding, changes } = adaptations.apply(request.model, request.decoding);
      const model = endpoint.batch ? batchModel(endpoint.batch, request.model) : request.model;
      const { body, notes } = requestBody({ ...request, decoding, model });
      const line = { custom_id: customId, method: 'POST', url: URLS[request.api], body };
      return { text: JSON.stringify(line), changes: [...notes, ...changes] };
    },
    readLine: (text, model) =>
      readResultLine(text, requests.target(model), { redactor, now: Date.now() }),
    learn: ({ model, decoding, strictParams }, { status, body }) =>
      !strictParams &&
      adaptations.learn(model, decoding, { kind: 'reply', status, headers: {}, bodyText: body }),
    upload: (file, signal) => {
      const fields = {
        purpose: 'batch',
        'expires_after[anchor]': EXPIRY.anchor,
        'expires_after[seconds]': String(EXPIRY.seconds),
      };
      return get({ method: 'POST', path: '/files', form: { fields, file } }, fileSchema, signal);
    },
    file: (id, signal) =>
      get({ method: 'GET', path: `/files/${encodeURIComponent(id)}` }, fileSchema, signal),
    filesNamed: (name, signal) =>
      list('/files', fileSchema, { keep: (file) => file.name === name, signal }),
    removeFile: (id, signal) =>
      act({ method: 'DELETE', path: `/files/${encodeURIComponent(id)}` }, signal),
    create: ({ fileId, path }, signal) => {
      const json = {
        input_file_id: fileId,
        endpoint: path,
        completion_window: '24h',
        output_expires_after: EXPIRY,
      };
      return get({ method: 'POST', path: '/batches', json }, batchSchema, signal);
    },
    look: (id, signal) =>
      get({ method: 'GET', path: `/batches/${encodeURIComponent(id)}` }, batchSchema, signal),
    batchesOf: async (fileId, signal) => {
      const found = await list('/batches', batchSchema, {
        keep: (batch) => batch.inputFileId === fileId,
        signal,
      });
      return found.kind === 'done' ? { ...found, value: found.value.reverse() } : found;
    },
    cancel: (id, signal) =>
      act({ method: 'POST', path: `/batches/${encodeURIComponent(id)}/cancel`, json: {} }, signal),
    download: ({ id, path: into }, signal) =>
      act({ method: 'GET', path: `/files/${encodeURIComponent(id)}/content`, into }, signal),
    close: requests.close,
  };
}

/** What lines name as their URL; a file has one. */
const URLS = { chat: '/v1/chat/completions', completions: '/v1/completions' } as const;
