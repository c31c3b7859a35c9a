import type { AnswerLanguage, LanguageVerdict } from '../domain/answer-language.ts';
import type { LanguageIdentifier } from '../ports/language-identifier.ts';
import { type DetectedLanguage, detectLanguage } from './detect-language.ts';

/** Raised whenever the same text could now get another verdict; stored beside every one. */
export const LANGUAGE_METHOD_VERSION = 2;

/** Two languages of one script are told apart from about twelve words on. */
const LEAST_WEIGHT_WITHIN_SCRIPT = 60;
/** Too near to each other for an identifier: an answer in one is never called wrong for the other. */
const NEAR = [
  ['id', 'ms'],
  ['bs', 'hr', 'sr', 'sl', 'mk', 'bg'],
  ['no', 'da', 'sv'],
  ['cs', 'sk'],
  ['es', 'gl', 'ca', 'pt'],
  ['hi', 'mr', 'ne'],
  ['ru', 'uk', 'be', 'bg'],
  ['az', 'tr'],
  ['nl', 'af'],
];
/** Written in more than one script: another script alone says nothing. */
const SEVERAL_SCRIPTS = new Set('az bs ha kk ks ku ky mn ms pa sd sh sr tg tk tt ug uz'.split(' '));
const SAME_LANGUAGE: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl' };

/**
 * Whether an answer is in the language it was asked in. Conservative: `other` only where there is
 * enough text, a clear majority of it, and no near relative in play.
 *
 * @param asked the item's language, a BCP 47 tag; one that is none leaves every answer unclear
 */
export function answerLanguage(
  answer: string,
  asked: string,
  identifier: LanguageIdentifier,
): AnswerLanguage;
/** The same from letters alone; null where only an identifier could tell. */
export function answerLanguage(
  answer: string,
  asked: string,
  identifier: null,
): AnswerLanguage | null;
export function answerLanguage(
  answer: string,
  asked: string,
  identifier: LanguageIdentifier | null,
): AnswerLanguage | null {
  const detected = detectLanguage(answer, identifier);
  if (detected === null) return null;
  const wanted = readTag(asked);
  const verdict = wanted === null ? 'unclear' : verdictOf(detected, wanted, identifier);
  return verdict && { verdict, detected: detected.tag };
}

interface Wanted {
  /** ISO 639. */
  readonly language: string;
  /** ISO 15924, of one family: Hans and Hant are Hani, Japanese is Jpan. */
  readonly script: string;
}

function verdictOf(
  { tag, weight }: DetectedLanguage,
  { language, script }: Wanted,
  identifier: LanguageIdentifier | null,
): LanguageVerdict | null {
  if (tag === null || tag === 'mul') return 'unclear';
  if (tag.startsWith('und-')) return scriptVerdict(tag.slice('und-'.length), { language, script });
  if (tag === language) return 'as-asked';
  if (areNear(tag, language)) return 'unclear';
  if (readTag(tag)?.script !== script) return otherScript(language);
  if (weight < LEAST_WEIGHT_WITHIN_SCRIPT) return 'unclear';
  return identifier && (identifier.languages.has(language) ? 'other' : 'unclear');
}

/** Scripts that Han characters alone may be part of: Chinese is written so, the others may be. */
const WITH_HAN = ['Jpan', 'Kore'];

function scriptVerdict(found: string, { language, script }: Wanted): LanguageVerdict {
  // Latin letters that are no known language may write the one asked for: pinyin, romaji.
  if (found === 'Latn') return 'unclear';
  if (found === 'Hani' && script === 'Hani') return 'as-asked';
  if (found === script || (found === 'Hani' && WITH_HAN.includes(script))) return 'unclear';
  return otherScript(language);
}

function otherScript(language: string): LanguageVerdict {
  return SEVERAL_SCRIPTS.has(language) ? 'unclear' : 'other';
}

function areNear(a: string, b: string): boolean {
  return NEAR.some((group) => group.includes(a) && group.includes(b));
}

/** Letters without which a text may be a name, a title or a formula. */
const LEAST_LETTERS = 12;

/**
 * Whether a text has letters enough, and none of them is of a script that its language is written in:
 * what is too short for its language to be identified may still be in the wrong script.
 *
 * @param asked a BCP 47 tag; one that is none matches every text
 */
export function isInOtherScript(text: string, asked: string): boolean {
  const wanted = readTag(asked);
  if (wanted === null || SEVERAL_SCRIPTS.has(wanted.language)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= LEAST_LETTERS && !lettersOf(wanted.script).test(text);
}

/** ISO 15924 names that are families of Unicode scripts; Han characters are written as `Hani`. */
const SCRIPT_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hira', 'Kana', 'Hani'],
  Kore: ['Hang', 'Hani'],
};

function lettersOf(script: string): RegExp {
  const scripts = SCRIPT_FAMILIES[script] ?? [script];
  return new RegExp(scripts.map((name) => `\\p{Script=${name}}`).join('|'), 'u');
}

/** A run asks in a handful of languages, and looking one up takes longer than the rest. */
const readTags = new Map<string, Wanted | null>();

const TAG = /^[a-z]{2,3}(?:[-_]([a-z]{4}))?(?=$|[-_])/i;

/** The language and its usual script; null for what is no tag or has no script that is known. */
function readTag(tag: string): Wanted | null {
  const known = readTags.get(tag);
  if (known !== undefined) return known;
  const read = lookUpTag(tag);
  readTags.set(tag, read);
  return read;
}

function lookUpTag(tag: string): Wanted | null {
  const match = TAG.exec(tag.trim());
  if (match === null) return null;
  const locale = new Intl.Locale(match[0].replace('_', '-')).maximize();
  const { language, script } = locale;
  if (script === undefined) return null;
  return {
    language: SAME_LANGUAGE[language] ?? language,
    script: script === 'Hans' || script === 'Hant' ? 'Hani' : script,
  };
}
