import type { Server } from 'node:http';

const RETRY_MS = 50;

/** The listening socket: opened once, shut for a while by a fault, and closed for good. */
export class Listener {
  readonly #server: Server;
  readonly #host: string;
  #port = 0;
  #reopening: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();

  constructor(server: Server, host: string) {
    this.#server = server;
    this.#host = host;
  }

  /** Port 0 takes any free one; resolves with the port taken, rejects where it is in use. */
  async open(port: number): Promise<number> {
    await this.#listen(port);
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
    return this.#port;
  }

  /** Drops every connection and refuses new ones for so long. */
  interrupt(ms: number): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#reopenAfter(ms);
  }

  close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#reopening);
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #reopenAfter(ms: number): void {
    clearTimeout(this.#reopening);
    if (this.#closing.signal.aborted) return;
    this.#reopening = setTimeout(() => {
      this.#listen(this.#port).then(
        () => {
          // Listening takes a tick, in which it may have been closed for good.
          if (this.#closing.signal.aborted) this.#server.close();
        },
        // Someone else may hold the port for a moment.
        () => this.#reopenAfter(RETRY_MS),
      );
    }, ms);
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, this.#host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }
}
