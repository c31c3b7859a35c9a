import { createServer } from 'node:http';
import { Dispatcher, type DispatcherOptions, type SimulatorCounts } from './wire/dispatcher.ts';
import { Listener } from './wire/listener.ts';

export interface SimulatorOptions extends DispatcherOptions {
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly port: number;
  readonly counts: Readonly<SimulatorCounts>;
  /** Ends all sockets at once; resolves when the port is free. */
  close(): Promise<void>;
}

/** uvicorn's default: pooled clients must let go of an idle socket sooner. */
const KEEP_ALIVE_MS = 5000;

/**
 * Serves vLLM's and Azure OpenAI's routes with simulated answers and verdicts. Equal requests get
 * equal replies. Rejects where the port is taken or the fault plan is malformed.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Node adds a second of its own, which would hide a client's mistake.
  server.keepAliveTimeoutBuffer = 0;
  const listener = new Listener(server, host);
  const dispatcher = new Dispatcher(options, (ms) => listener.interrupt(ms));
  server.on('request', (request, response) => dispatcher.receive(request, response));
  const port = await listener.open(options.port ?? 0);
  return {
    url: `http://${host}:${port}`,
    port,
    counts: dispatcher.counts,
    close: () => {
      dispatcher.close();
      return listener.close();
    },
  };
}
