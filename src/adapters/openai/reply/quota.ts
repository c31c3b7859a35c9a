import type { QuotaReading, QuotaState } from '../../../ports/chat-model.ts';
import { headerValue, type WireHeaders } from './exchange.ts';

/**
 * What a reply says about the deployment's quota, in the headers that OpenAI and Azure share. Zero and
 * negative limits have been seen and mean nothing; null where nothing usable is said.
 */
export function readQuota(headers: WireHeaders): QuotaReading | null {
  const requests = stateOf(headers, 'requests');
  const tokens = stateOf(headers, 'tokens');
  return requests === null && tokens === null ? null : { requests, tokens };
}

function stateOf(headers: WireHeaders, of: 'requests' | 'tokens'): QuotaState | null {
  const limit = countOf(headers, `x-ratelimit-limit-${of}`);
  const remaining = countOf(headers, `x-ratelimit-remaining-${of}`);
  if (limit === null || limit === 0 || remaining === null) return null;
  return { limit, remaining: Math.min(limit, remaining) };
}

function countOf(headers: WireHeaders, name: string): number | null {
  const text = headerValue(headers, name)?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
