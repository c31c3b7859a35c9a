import type { Endpoint } from '../domain/endpoint.ts';
import type { UnsetVariable } from './environment.ts';
import { isRecord } from './issue-path.ts';
import type { RunConfig } from './schema.ts';

/** What a simulated endpoint keeps of the one it stands for. */
const KEPT = ['concurrency', 'rpm', 'tpm', 'timeouts', 'batch'];

/** What stands in for an endpoint: the simulator, or one that is never asked. */
export const SIMULATED = { kind: 'simulated' } as const;
export const UNREACHABLE = { kind: 'openai', baseUrl: 'http://not-asked.invalid' } as const;

/** A config's value in which endpoints that lack a variable are replaced: no key is needed then. */
export function standInWhereUnset(
  value: unknown,
  unset: readonly UnsetVariable[],
  standIn: typeof SIMULATED | typeof UNREACHABLE,
): unknown {
  const names = new Set(unset.map(({ path }) => path[1]));
  if (names.size === 0 || !isRecord(value) || !isRecord(value['endpoints'])) return value;
  const endpoints = Object.entries(value['endpoints']).map(([name, endpoint]) => [
    name,
    names.has(name) && isRecord(endpoint)
      ? { ...(endpoint['kind'] === 'simulated' ? SIMULATED : standIn), ...kept(endpoint) }
      : endpoint,
  ]);
  return { ...value, endpoints: Object.fromEntries(endpoints) };
}

function kept(endpoint: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(endpoint).filter(([key]) => KEPT.includes(key)));
}

/** A config all of whose endpoints are simulated, at their own pace. */
export function rehearsed(config: RunConfig): RunConfig {
  const endpoints = Object.entries(config.endpoints).map(([name, endpoint]) => {
    return [name, endpoint.kind === 'simulated' ? endpoint : simulated(endpoint)] as const;
  });
  return { ...config, endpoints: Object.fromEntries(endpoints) };
}

function simulated({ concurrency, rpm, tpm, timeouts, maxReplyMb, batch }: Endpoint): Endpoint {
  return {
    kind: 'simulated',
    latencyMs: 0,
    judges: {},
    families: {},
    concurrency,
    rpm,
    tpm,
    timeouts,
    maxReplyMb,
    ...(batch === undefined ? {} : { batch }),
  };
}
