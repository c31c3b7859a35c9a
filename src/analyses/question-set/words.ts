const segmenters = new Map<string, Intl.Segmenter>();

/** Word-like segments of a text, compatibility forms and case folded. A tag that is none counts as English. */
export function wordsOf(text: string, language: string): string[] {
  return [...segmenterOf(language).segment(text.normalize('NFKC').toLowerCase())].flatMap(
    ({ segment, isWordLike }) => (isWordLike ? [segment] : []),
  );
}

function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(isTag(language) ? language : 'en', { granularity: 'word' });
  segmenters.set(language, made);
  return made;
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
