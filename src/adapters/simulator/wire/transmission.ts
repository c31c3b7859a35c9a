import type { ServerResponse } from 'node:http';
import type { WireReply } from './wire-reply.ts';

/** Writes replies, whole, late or broken, and knows which are still under way. */
export class Transmission {
  readonly #waiting = new Map<ServerResponse, NodeJS.Timeout>();

  send(response: ServerResponse, { status, headers, body }: WireReply): void {
    // uvicorn sends neither Connection nor Keep-Alive, so clients get no hint of its patience.
    response.removeHeader('connection');
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }

  /** Acts later, but like a real server not for a client that has hung up. */
  after(ms: number, response: ServerResponse, act: () => void): void {
    if (response.destroyed) return;
    const forget = () => {
      clearTimeout(timer);
      this.#waiting.delete(response);
    };
    const timer = setTimeout(() => {
      response.off('close', forget);
      this.#waiting.delete(response);
      act();
    }, ms);
    this.#waiting.set(response, timer);
    response.once('close', forget);
  }

  /** Sends the first half of a reply, is silent for `ms` and hangs up. */
  sendHalf(
    response: ServerResponse,
    { status, headers, body }: WireReply,
    { framing, ms }: { readonly framing: 'length' | 'chunked'; readonly ms: number },
  ): void {
    const bytes = Buffer.from(body);
    response.removeHeader('connection');
    const length = framing === 'length' ? { 'content-length': bytes.length } : {};
    response.writeHead(status, { ...headers, ...length });
    response.write(bytes.subarray(0, bytes.length >> 1), () => {
      this.after(ms, response, () => hangUp(response));
    });
  }

  /** Begins a JSON reply and sends a space of it every `ms`. */
  drip(response: ServerResponse, ms: number): void {
    response.removeHeader('connection');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.every(ms, response, () => response.write(' '));
  }

  /** Acts again and again until the client hangs up. */
  every(ms: number, response: ServerResponse, act: () => void): void {
    this.after(ms, response, () => {
      act();
      this.every(ms, response, act);
    });
  }

  /** Resets the connections of all replies that are still waiting. */
  resetWaiting(): void {
    for (const response of this.#waiting.keys()) reset(response);
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}

/** RST. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** FIN, after what was written. */
export function hangUp(response: ServerResponse): void {
  response.socket?.destroySoon();
}
