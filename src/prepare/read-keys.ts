import { fileExists, readText } from '../adapters/files/read-text.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import type { InputProblem } from '../domain/errors.ts';
import type { ConfigAtHand } from './read-config.ts';

/** The endpoints with the keys that lie in files put where keys written in the config are. */
export function readKeys(hand: ConfigAtHand, problems: InputProblem[]): RunConfig['endpoints'] {
  return Object.fromEntries(
    Object.entries(hand.loaded.config.endpoints).map(([name, endpoint]) => [
      name,
      withKey(endpoint, (file) => readKey(hand, ['endpoints', name], { file, problems })),
    ]),
  );
}

function withKey(endpoint: Endpoint, read: (file: string) => string): Endpoint {
  if ('apiKeyFile' in endpoint && endpoint.apiKeyFile !== undefined)
    return { ...endpoint, apiKey: read(endpoint.apiKeyFile) };
  if ('auth' in endpoint && 'apiKeyFile' in endpoint.auth)
    return { ...endpoint, auth: { apiKey: read(endpoint.auth.apiKeyFile) } };
  return endpoint;
}

function readKey(
  { loaded, resolve }: ConfigAtHand,
  path: readonly string[],
  { file, problems }: { readonly file: string; readonly problems: InputProblem[] },
): string {
  const found = resolve(file);
  const key = fileExists(found) ? readText(found).trim() : null;
  if (key !== null && key !== '') return key;
  // Its name is not shown: a key written here by mistake would be.
  const message =
    key === null
      ? 'there is no such file; it names a file that holds the key, and a key itself goes under `apiKey`'
      : 'the file holds no key';
  problems.push(loaded.problemAt([...path], `apiKeyFile: ${message}`));
  return '';
}
