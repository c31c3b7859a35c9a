import type { LanguageIdentifier } from '../ports/language-identifier.ts';
import { runningText } from './running-text.ts';
import { countScripts, type Script, type ScriptCounts } from './script-counts.ts';

/** An answer's language as far as its text tells, whatever was asked. */
export interface DetectedLanguage {
  /** A language, `und-` and a script, or `mul` for a mixture; null for too little text. */
  readonly tag: string | null;
  /** Letters that decided it, where a Chinese, Japanese or Korean one counts for three. */
  readonly weight: number;
}

/** About five words. */
const LEAST_WEIGHT = 24;
/** Different words without a capital: fewer may be a name or a title. */
const LEAST_WORDS = 4;
/** Of all letters; with less the text is a mixture. */
const CLEAR_SHARE = 0.8;
/** A syllable or a word where alphabets need several letters. */
const SYLLABIC_WEIGHT = 3;
/** Japanese text is half kana; Chinese text has one only where it names something Japanese. */
const JAPANESE_KANA = 0.15;
const LEAST_HIRAGANA = 5;
const STRAY_KANA = 0.02;
/** Letters that other languages of its script add to those of Arabic itself, which are hamza to yeh. */
const NOT_ARABIC = /[[\p{Script=Arabic}&&\p{L}]--[\u0621-\u063a\u0641-\u064a]]/gv;
const ARABIC_WORD = /[\p{Script=Arabic}\p{M}\u0640]+/gu;
const VOWEL_OR_STRETCH = /[\p{M}\u0640]/gu;
/** Words that only Arabic has many of: with its article, a teh marbuta or an alef with hamza. */
const ARABIC_MARK = /^(?:[وف]?(?:[بك]?ال|لل).|.*[ةأإ])/u;
/**
 * Of all words. Of the Universal Declaration of Human Rights, cut into pieces of sixty characters, 117 of
 * 118 Arabic ones have no other letters and reach this share; of 1,392 in seven other languages of the
 * script one does.
 */
const MARKED_SHARE = 0.2;
/** Letters that Persian and Urdu add to the Arabic ones. */
const PERSIAN = /[پچژگ]/gu;
const URDU = /[ٹڈڑںےہھ]/gu;
const PERSIAN_SHARE = 0.015;
const URDU_SHARE = 0.03;
const STRAY_SHARE = 0.01;

const TOO_LITTLE: DetectedLanguage = { tag: null, weight: 0 };

/**
 * Script first, then the identifier where a script serves several languages, and its word alone never
 * counts against letters that say otherwise. What is short, mixed or quoted decides nothing. Han
 * characters without kana are Chinese or Japanese, whatever their number. null where the identifier
 * would have to be asked and there is none.
 */
export function detectLanguage(
  answer: string,
  identifier: LanguageIdentifier | null,
): DetectedLanguage | null {
  const text = runningText(answer);
  const counts = countScripts(text);
  const families = familiesOf(counts);
  const total = families.reduce((sum, { weight }) => sum + weight, 0);
  const [top] = families.toSorted((a, b) => b.weight - a.weight);
  if (top === undefined || total < LEAST_WEIGHT) return TOO_LITTLE;
  if (top.weight < CLEAR_SHARE * total) return { tag: 'mul', weight: total };
  const { weight } = top;
  const plain = tagByLetters(top.family, text, counts);
  if (plain !== undefined) return plain === null ? TOO_LITTLE : { tag: plain, weight };
  return identifier && { tag: identified(top.family, { text, counts, identifier }), weight };
}

type Family = Exclude<Script, 'Hira' | 'Kana'>;

interface Weighed {
  readonly family: Family;
  readonly weight: number;
}

function familiesOf({ letters }: ScriptCounts): Weighed[] {
  const kana = (letters.get('Hira') ?? 0) + (letters.get('Kana') ?? 0);
  return [...letters].flatMap(([script, count]): Weighed[] => {
    if (script === 'Hira' || script === 'Kana') return [];
    if (script === 'Hani') return [{ family: script, weight: SYLLABIC_WEIGHT * (count + kana) }];
    return [{ family: script, weight: script === 'Kore' ? SYLLABIC_WEIGHT * count : count }];
  });
}

/** What letters alone tell: a tag, null for too little text, undefined where they do not suffice. */
function tagByLetters(
  family: Family,
  text: string,
  counts: ScriptCounts,
): string | null | undefined {
  switch (family) {
    case 'Hani':
      return chineseOrJapanese(counts);
    case 'Kore':
      return 'ko';
    case 'Arab':
      return isPlainlyArabic(text, counts) ? 'ar' : undefined;
    case 'Latn':
    case 'Cyrl':
    case 'Grek':
      return (counts.words.get(family) ?? 0) < LEAST_WORDS ? null : undefined;
    default:
      return undefined;
  }
}

interface Evidence {
  readonly text: string;
  readonly counts: ScriptCounts;
  readonly identifier: LanguageIdentifier;
}

function identified(family: Family, { text, counts, identifier }: Evidence): string {
  const said = identifier.identify(text);
  return family === 'Arab' ? arabicScript(text, counts, said) : (said ?? `und-${family}`);
}

function chineseOrJapanese({ letters }: ScriptCounts): string {
  const hiragana = letters.get('Hira') ?? 0;
  const kana = hiragana + (letters.get('Kana') ?? 0);
  const share = kana / (kana + (letters.get('Hani') ?? 0));
  if (share >= JAPANESE_KANA && hiragana >= LEAST_HIRAGANA) return 'ja';
  return share <= STRAY_KANA ? 'und-Hani' : 'mul';
}

function isPlainlyArabic(text: string, counts: ScriptCounts): boolean {
  if (hasOtherLetters(text, counts)) return false;
  const words = (text.match(ARABIC_WORD) ?? []).map((word) => word.replace(VOWEL_OR_STRETCH, ''));
  const marked = words.filter((word) => ARABIC_MARK.test(word));
  return marked.length >= MARKED_SHARE * words.length;
}

/** A foreign name may bring some. */
function hasOtherLetters(text: string, { letters }: ScriptCounts): boolean {
  return (text.match(NOT_ARABIC)?.length ?? 0) >= STRAY_SHARE * (letters.get('Arab') ?? 1);
}

/** The identifier takes one Arabic text in fifty for Persian, and Malay for Arabic: letters must agree. */
function arabicScript(text: string, counts: ScriptCounts, said: string | null): string {
  const total = counts.letters.get('Arab') ?? 1;
  const share = (letter: RegExp) => (text.match(letter)?.length ?? 0) / total;
  const [persian, urdu] = [share(PERSIAN), share(URDU)];
  if (said === 'ar' && !hasOtherLetters(text, counts)) return 'ar';
  if (said === 'fa' && persian >= PERSIAN_SHARE && urdu < STRAY_SHARE) return 'fa';
  if (said === 'ur' && urdu >= URDU_SHARE) return 'ur';
  return 'und-Arab';
}
