/** What is meant by a language that is not written as a BCP 47 tag, or not as the usual one. */
export function languageAdvice(written: string): string | null {
  const meant = meantTag(written.trim());
  if (meant === written) return null;
  if (meant !== null) return `is not the usual tag of a language; write \`${meant}\``;
  return isWellFormed(written)
    ? null
    : 'is not a language tag; write one like `zh`, `ar` or `pt-BR`';
}

/** The tag that is meant; the text itself where nothing better is known of it; null for no tag. */
function meantTag(written: string): string | null {
  const dashed = written.replaceAll('_', '-');
  if (!isWellFormed(dashed)) return tagByName(written);
  const [canonical = dashed] = Intl.getCanonicalLocales(dashed);
  const [language = ''] = canonical.split('-');
  if (nameOf(language, 'en') !== null) return sameTag(canonical, written) ? written : canonical;
  return tagByName(written) ?? tagByCountry(language) ?? written;
}

function sameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function nameOf(code: string, inLanguage: string): string | null {
  const names = new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'none' });
  return names.of(code) ?? null;
}

/** `cn`, `jp` and `kr` are countries: their main language is meant. */
function tagByCountry(code: string): string | null {
  if (!/^[a-z]{2}$/i.test(code)) return null;
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  if (regions.of(code.toUpperCase()) === undefined) return null;
  const { language } = new Intl.Locale(`und-${code}`).maximize();
  return language === 'und' ? null : language;
}

let tags: ReadonlyMap<string, string> | null = null;

/** By the English name or the language's own. */
function tagByName(name: string): string | null {
  tags ??= namedTags();
  return tags.get(name.toLowerCase()) ?? null;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every language with a code of two letters, and those of three that have a name in English. */
function namedTags(): Map<string, string> {
  const two = LETTERS.flatMap((a) => LETTERS.map((b) => `${a}${b}`));
  const three = two.flatMap((start) => LETTERS.map((c) => `${start}${c}`));
  const named = [...two, ...three].flatMap((code) =>
    namesOf(code).map((name) => [name, code] as const),
  );
  // Of two languages with one name, that with the shorter code.
  return new Map(named.toReversed());
}

const englishNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

function namesOf(code: string): string[] {
  const name = englishNames.of(code);
  if (name === undefined || Intl.getCanonicalLocales(code)[0] !== code) return [];
  const own = code.length === 2 ? nameOf(code, code) : null;
  return [name, ...(own === null ? [] : [own])].map((text) => text.toLowerCase());
}
