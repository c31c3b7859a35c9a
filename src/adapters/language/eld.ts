import type { LanguageIdentifier } from '../../ports/language-identifier.ts';

/**
 * The n-gram identifier eld with its smallest database, loaded here and not before (0.2 s). Stored
 * verdicts depend on its version, so package.json pins it: another one raises LANGUAGE_METHOD_VERSION.
 */
export async function loadLanguageIdentifier(): Promise<LanguageIdentifier> {
  const { eld } = await import('eld/extrasmall');
  return {
    identify: (text) => {
      const result = eld.detect(text);
      return result.isReliable() && result.language !== '' ? result.language : null;
    },
    languages: new Set(Object.values(eld.info().Languages)),
  };
}
