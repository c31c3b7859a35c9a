import type { InputProblem } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import { isReference } from './environment.ts';
import { isRecord } from './issue-path.ts';

const SECRET_KEYS =
  /^(?:(?:x-)?api[-_]?key|key|token|access[-_]?token|secret|password|(?:proxy-)?authorization|cookie)$/i;
/** Everything below these is a secret, whatever its own name is. */
const SECRET_MAPPINGS = /^headers$/i;
/** A file's name has no business here, but a key put in its place would be shown. */
const KEY_FILES = /^api[-_]?key[-_]?file$/i;
const REMOVED = '(removed)';
const USER_IN_URL = /(\/\/)[^/@\s]*@/g;
const SECRET_IN_QUERY =
  /([?&](?:api[-_]?key|subscription-key|key|token|access_token|secret|sig|code)=)[^&#\s]*/gi;
/** How the keys of well-known providers begin, JSON web tokens, and anything behind `Bearer`. */
const KEY_SHAPE =
  /\b(?:(?:sk|pk|rk|gsk|hf|xai|nvapi|tgp|pplx|fw|r8|ghp|github_pat|glpat|AKIA|AIza)[-_][\w-]{8,}|AIza[\w-]{20,}|eyJ[\w-]+\.[\w-]+\.[\w-]*|Bearer\s+\S+)/gi;
/** Shorter text is a word, and taking it out would make a message unreadable. */
const LEAST_LENGTH = 8;

/**
 * A config as written, literal keys taken out wherever they stand, be it under another name by an
 * alias; references to variables stay, as they hold none.
 */
export function withoutSecrets(value: unknown): Json {
  const found = secretTexts(value).filter((text) => text.length >= LEAST_LENGTH);
  return cleaned(value, '', found);
}

function cleaned(value: unknown, key: string, secrets: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((entry) => cleaned(entry, key, secrets));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [
        withoutText(name, secrets),
        cleaned(entry, SECRET_MAPPINGS.test(key) ? 'secret' : name, secrets),
      ]),
    );
  }
  if (typeof value === 'string') {
    if (isSecret(key, value)) return REMOVED;
    return withoutText(value, secrets);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** A message or a path without any secret of the config and without anything that has a key's shape. */
function withoutText(text: string, secrets: readonly string[]): string {
  return secrets
    .reduce((left, secret) => left.replaceAll(secret, REMOVED), text)
    .replace(USER_IN_URL, `$1${REMOVED}@`)
    .replace(SECRET_IN_QUERY, `$1${REMOVED}`)
    .replace(KEY_SHAPE, REMOVED);
}

/** A problem that shows no secret of the config it is about. */
export function discreet(problem: InputProblem, secrets: readonly string[]): InputProblem {
  const { path } = problem;
  return {
    ...problem,
    ...(path === undefined ? {} : { path: withoutText(path, secrets) }),
    message: withoutText(problem.message, secrets),
  };
}

/** Every text of a value that stands where a key belongs; of variables what they hold. */
export function secretTexts(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => secretTexts(entry, key));
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([name, entry]) =>
      secretTexts(entry, SECRET_MAPPINGS.test(key) ? 'secret' : name),
    );
  }
  if (typeof value !== 'string') return [];
  const text = value.trim();
  return isSecret(key, text) || (KEY_FILES.test(key) && !looksLikeFile(text)) ? [text] : [];
}

function isSecret(key: string, text: string): boolean {
  return SECRET_KEYS.test(key) && text !== '' && !isReference(text);
}

/** A path or a name with an ending; most keys have neither. */
function looksLikeFile(text: string): boolean {
  return (
    /^[.~]?[/\\]|^[A-Za-z]:[\\/]|\.\w{1,8}$|^[\w.-]+[/\\]/.test(text) && !KEY_SHAPED.test(text)
  );
}

const KEY_SHAPED = new RegExp(KEY_SHAPE.source, 'i');
