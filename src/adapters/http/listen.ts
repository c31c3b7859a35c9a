import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { OperatorError } from '../../domain/errors.ts';

/** Answers one request. */
export type Answer = (request: Request) => Response | Promise<Response>;

export interface LocalServer {
  readonly port: number;
  close(): Promise<void>;
}

/** No other machine can reach it; a page from one reaches it over `ssh -L`. */
const LOCAL = '127.0.0.1';

/**
 * Listens on this machine alone. What answers is made once the port is known (`port` 0 takes a free
 * one). Throws OperatorError where the port is taken.
 */
export async function listenLocally(
  port: number,
  answers: (port: number) => Answer,
): Promise<LocalServer> {
  let answer: Answer = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: (request) => answer(request),
    overrideGlobalObjects: false,
  });
  server.listen(port, LOCAL);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new OperatorError(
      `Port ${port} cannot be used (${error instanceof Error ? error.message : String(error)}). Name another with --port, or 0 for a free one.`,
      { cause: error },
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  answer = answers(address.port);
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
