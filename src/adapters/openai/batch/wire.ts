import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Dispatcher, request } from 'undici';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { createDispatcher, inMs } from '../connection/dispatcher.ts';
import { readText } from '../connection/reply-text.ts';
import { sentHeaders } from '../connection/transport.ts';
import { type Exchange, errorCode } from '../reply/exchange.ts';
import { plainRequest, type RequestHeaders } from '../request/plain-request.ts';

/** Files are of hundreds of megabytes, which the transport of calls would hold in memory. */
const ANY_SIZE = -1;
/** Of everything but a file's content. */
const LARGEST_REPLY = 8 * 1024 * 1024;

export interface BatchRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** A file that goes up as a form, with the form's other fields. */
  readonly form?: {
    readonly fields: Readonly<Record<string, string>>;
    readonly file: { readonly path: string; readonly name: string };
  };
  /** Where the body of a 2xx is written. */
  readonly into?: string;
}

export interface BatchWire {
  /** Origin and path, fit to be shown. */
  readonly url: string;
  /** Rejects only for an aborted signal and bugs. */
  send(request: BatchRequest, auth: RequestHeaders, signal: AbortSignal): Promise<Exchange>;
  close(): Promise<void>;
}

/** Requests about files and batches to one endpoint. */
export function createBatchWire(endpoint: RemoteEndpoint): BatchWire {
  const base = batchBase(endpoint);
  const build = plainRequest(base);
  const { dispatcher } = createDispatcher(endpoint, ANY_SIZE);
  const { timeouts } = endpoint;
  const patience = {
    headersTimeout: inMs(timeouts.response),
    bodyTimeout: inMs(timeouts.stall),
  };
  const { origin, pathname } = new URL(base);
  return {
    url: `${origin}${pathname}`,
    send: async (wanted, auth, signal) => {
      const plain = await build({
        method: wanted.method === 'GET' ? 'GET' : 'POST',
        path: wanted.path,
        body: wanted.json,
        headers: auth,
      });
      const content = wanted.form ? await formContent(wanted.form) : null;
      const headers = { ...sentHeaders(plain.headers, endpoint.headers), ...content?.headers };
      return await exchange(
        urlWith(plain.url, wanted.query ?? {}),
        {
          ...patience,
          dispatcher,
          method: wanted.method,
          headers,
          body: content?.body ?? plain.body,
          signal,
        },
        wanted.into,
      );
    },
    close: () => dispatcher.destroy(),
  };
}

/** Files and batches are the resource's, never a deployment's. */
function batchBase(endpoint: RemoteEndpoint): string {
  if (endpoint.kind === 'vllm') return endpoint.baseUrl[0] ?? '';
  if (endpoint.kind === 'openai') return endpoint.baseUrl;
  const resource = endpoint.endpoint.replace(/\/+(?:openai(?:\/v1)?\/*)?$/, '');
  return endpoint.apiVersion === 'v1'
    ? `${resource}/openai/v1`
    : `${resource}/openai?api-version=${endpoint.apiVersion}`;
}

function urlWith(url: string, query: Readonly<Record<string, string>>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query)) whole.searchParams.set(name, value);
  return whole.toString();
}

type Options = { readonly dispatcher: Dispatcher; readonly signal: AbortSignal } & NonNullable<
  Parameters<typeof request>[1]
>;

async function exchange(url: string, options: Options, into?: string): Promise<Exchange> {
  let stage: 'request' | 'reply' = 'request';
  try {
    const { statusCode: status, headers, body } = await request(url, options);
    stage = 'reply';
    if (into !== undefined && status >= 200 && status < 300) {
      await writeWhole(body, into, headers['content-length']);
      return { kind: 'reply', status, headers, bodyText: '' };
    }
    const bytes = await atMost(body, LARGEST_REPLY);
    return { kind: 'reply', status, headers, ...readText(bytes, headers) };
  } catch (error) {
    options.signal.throwIfAborted();
    const code = errorCode(error);
    const isBug = code === 'UND_ERR_INVALID_ARG' || (code === null && error instanceof TypeError);
    if (isBug) throw error;
    return { kind: 'failure', stage, error, reusedSocket: false };
  }
}

/** The file has its name when it is whole: a part is never taken for it. */
async function writeWhole(
  body: Readable,
  into: string,
  length: string | string[] | undefined,
): Promise<void> {
  const part = `${into}.part`;
  await pipeline(body, createWriteStream(part));
  const { size } = await stat(part);
  if (typeof length === 'string' && Number(length) !== size) {
    await rm(part, { force: true });
    throw Object.assign(new Error(`the file broke off after ${size} of ${length} bytes`), {
      code: 'UND_ERR_SOCKET',
    });
  }
  await rename(part, into);
}

async function atMost(body: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > bytes) {
      throw Object.assign(new Error('the reply is too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** multipart/form-data, read from the disk while it is sent. */
async function formContent({ fields, file }: NonNullable<BatchRequest['form']>) {
  const boundary = `care-judge-${file.name.replace(/\W/g, '')}`;
  const head = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const opening = `${head.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/jsonl\r\n\r\n`;
  const closing = `\r\n--${boundary}--\r\n`;
  const { size } = await stat(file.path);
  const bytes = async function* () {
    yield Buffer.from(opening);
    yield* createReadStream(file.path);
    yield Buffer.from(closing);
  };
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(Buffer.byteLength(opening) + size + Buffer.byteLength(closing)),
    },
    body: Readable.from(bytes()),
  };
}
