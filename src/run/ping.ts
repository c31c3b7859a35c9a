import type { RunConfig } from '../config/schema.ts';
import type { ModelListing } from '../ports/chat-model.ts';
import { openChatModel } from './connect.ts';
import { ignoredSettings } from './ignored-settings.ts';

/** What an endpoint said about the models that the config expects of it. */
export interface Ping {
  readonly endpoint: string;
  readonly ok: boolean;
  readonly message: string;
}

/** A server that does not answer this question soon will not answer a prompt either. */
const PING_TIMEOUT_MS = 15_000;

/** Asks every endpoint that models or judges use for its models; no prompt is sent. */
export async function pingEndpoints(config: RunConfig): Promise<Ping[]> {
  const users = [...config.models, ...config.judges];
  return await Promise.all(
    Object.entries(config.endpoints).flatMap(([name, endpoint]) => {
      const wanted = users.flatMap((user) => (user.endpoint === name ? (user.model ?? []) : []));
      if (wanted.length === 0) return [];
      if (endpoint.kind === 'simulated') {
        return [
          Promise.resolve({ endpoint: name, ok: true, message: 'simulated, starts with the run' }),
        ];
      }
      const ignored = (version: string) => ignoredSettings(config, name, version);
      return [
        pingOne({ name, wanted: [...new Set(wanted)], ignored }, () => openChatModel(endpoint)),
      ];
    }),
  );
}

interface Pinged {
  readonly name: string;
  readonly wanted: readonly string[];
  /** Settings that a server of this version ignores. */
  readonly ignored: (version: string) => readonly string[];
}

async function pingOne(
  { name: endpoint, wanted, ignored }: Pinged,
  open: () => ReturnType<typeof openChatModel>,
): Promise<Ping> {
  const chatModel = await open();
  try {
    const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
    const found = judge(await chatModel.listModels(signal), wanted);
    if (!found.ok) return { endpoint, ...found };
    const problems = new Set((await chatModel.versions(signal)).flatMap(ignored));
    return problems.size === 0
      ? { endpoint, ...found }
      : { endpoint, ok: false, message: `${found.message}; ${[...problems].join('; ')}` };
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
    return { endpoint, ok: false, message: `no answer within ${PING_TIMEOUT_MS / 1000} s` };
  } finally {
    await chatModel.close();
  }
}

function judge(listing: ModelListing, wanted: readonly string[]): Omit<Ping, 'endpoint'> {
  switch (listing.kind) {
    case 'unreachable':
      return { ok: false, message: listing.error.message };
    case 'unlisted':
      return { ok: true, message: `reached; it does not list its models (${listing.reason})` };
    case 'models': {
      const lacking = wanted.filter((name) => !listing.names.includes(name));
      if (lacking.length === 0) return { ok: true, message: `serves ${wanted.join(', ')}` };
      return {
        ok: false,
        message: `does not serve ${lacking.join(', ')}; it serves ${listing.names.join(', ') || 'nothing'}`,
      };
    }
    default:
      return listing satisfies never;
  }
}
