import type { Surface } from './routes.ts';

/** A whole HTTP reply, ready to be written. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A reply with a JSON body. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

/** What each surface sends beside the reply's own headers. No Date: node:http adds it. */
export const SURFACE_HEADERS: Readonly<Record<Surface, Readonly<Record<string, string>>>> = {
  vllm: { server: 'uvicorn' },
  azure: { 'apim-request-id': 'simulated', 'x-ms-region': 'Simulated' },
};
