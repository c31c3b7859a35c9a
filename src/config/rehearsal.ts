import type { Endpoint } from '../domain/endpoint.ts';
import type { UnsetVariable } from './environment.ts';
import { isRecord } from './issue-path.ts';
import type { RunConfig } from './schema.ts';

/** What a simulated endpoint keeps of the one it stands for. */
const KEPT = ['concurrency', 'rpm', 'tpm', 'timeouts'];

/** A config's value in which endpoints that lack a variable are simulated: no key is needed to rehearse. */
export function simulatedWhereUnset(value: unknown, unset: readonly UnsetVariable[]): unknown {
  const names = new Set(unset.map(({ path }) => path[1]));
  if (names.size === 0 || !isRecord(value) || !isRecord(value['endpoints'])) return value;
  const endpoints = Object.entries(value['endpoints']).map(([name, endpoint]) => [
    name,
    names.has(name) && isRecord(endpoint) ? standIn(endpoint) : endpoint,
  ]);
  return { ...value, endpoints: Object.fromEntries(endpoints) };
}

function standIn(endpoint: Record<string, unknown>): unknown {
  const kept = Object.entries(endpoint).filter(([key]) => KEPT.includes(key));
  return { kind: 'simulated', ...Object.fromEntries(kept) };
}

/** A config all of whose endpoints are simulated, at their own pace. */
export function rehearsed(config: RunConfig): RunConfig {
  const endpoints = Object.entries(config.endpoints).map(([name, endpoint]) => {
    return [name, endpoint.kind === 'simulated' ? endpoint : simulated(endpoint)] as const;
  });
  return { ...config, endpoints: Object.fromEntries(endpoints) };
}

function simulated({ concurrency, rpm, tpm, timeouts }: Endpoint): Endpoint {
  return {
    kind: 'simulated',
    latencyMs: 0,
    judges: {},
    families: {},
    concurrency,
    rpm,
    tpm,
    timeouts,
  };
}
