import type { Json } from '../domain/json.ts';
import { isReference } from './environment.ts';

const SECRET_KEYS = /^(?:api[-_]?key|key|token|secret|password|authorization)$/i;
const REMOVED = '(removed)';
const USER_IN_URL = /(\/\/)[^/@\s]*@/g;
const SECRET_IN_QUERY =
  /([?&](?:api[-_]?key|subscription-key|key|token|access_token|secret|sig|code)=)[^&#\s]*/gi;

/** A config as written, literal keys taken out; references to variables stay, as they hold none. */
export function withoutSecrets(value: unknown, key = ''): Json {
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      // Headers are named by whoever runs the gateway, so each may hold a key.
      Object.entries(value).map(([name, entry]) => [
        name,
        withoutSecrets(entry, key === 'headers' ? 'secret' : name),
      ]),
    );
  }
  if (typeof value === 'string') {
    if (SECRET_KEYS.test(key) && value !== '' && !isReference(value)) return REMOVED;
    return value.replace(USER_IN_URL, `$1${REMOVED}@`).replace(SECRET_IN_QUERY, `$1${REMOVED}`);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
