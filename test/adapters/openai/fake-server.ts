import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';

/** A request as the fake received it. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

export interface Fake {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly requests: Received[];
  close(): Promise<void>;
}

export type Answer = (request: Received, response: ServerResponse) => void;

/** An HTTP server on a free loopback port; `port` takes a chosen one. */
export async function startFake(answer: Answer, port = 0): Promise<Fake> {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const received: Received = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      text: Buffer.concat(chunks).toString(),
    };
    requests.push(received);
    answer(received, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: originOf(server.address()),
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A TCP server for what no HTTP server would do. */
export async function startSocketFake(onConnection: (socket: Socket) => void): Promise<Fake> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: originOf(server.address()),
    requests: [],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A chat completion in vLLM's shape, nulls included. */
export function completion(content: string | null, more: Record<string, unknown> = {}): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_763_756_400,
    model: 'served-name',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, tool_calls: [] },
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
      },
    ],
    system_fingerprint: 'fp_1',
    usage: {
      prompt_tokens: 391,
      total_tokens: 402,
      completion_tokens: 11,
      prompt_tokens_details: null,
    },
    ...more,
  };
}

function originOf(address: unknown): string {
  if (typeof address !== 'object' || address === null || !('port' in address)) {
    throw new Error('the fake server does not listen');
  }
  return `http://127.0.0.1:${String(address.port)}`;
}
