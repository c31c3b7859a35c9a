/**
 * How a text is compared with what is searched for: without case, width and compatibility forms,
 * and, in Arabic, without the marks that most writers leave out. So words of any length are found in
 * any script, those of two Chinese characters too.
 */
export function folded(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return ARABIC.test(plain) ? plain.replace(ARABIC_MARKS, '') : plain;
}

const ARABIC = /[\u0600-\u06ff]/;
/** Short vowels and other points, superscript alef, and the stroke that draws words out. */
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;

/** Whether a text holds every part: words, or "several words" as they are written. */
export type TextMatch = (text: string) => boolean;

/** null where nothing is searched for. */
export function textMatch(search: string): TextMatch | null {
  const parts = searchedParts(search);
  if (parts.length === 0) return null;
  return (text) => {
    const within = folded(text);
    return parts.every((part) => within.includes(part));
  };
}

/** What is looked for, folded: for the page, which marks it. */
export function searchedParts(search: string): string[] {
  const parts = [...search.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, word]) =>
    folded(quoted ?? word ?? '').trim(),
  );
  return parts.filter((part) => part !== '');
}
