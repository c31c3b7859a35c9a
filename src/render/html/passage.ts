import { type Html, html } from './html.ts';

/** Most characters of one text on the page, so that 200 examples stay a page. */
export const PASSAGE_LIMITS = { question: 400, reference: 400, answer: 800, verdict: 600 } as const;

/** What BCP 47 allows; anything else is no language a browser could use. */
const LANGUAGE_TAG = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;
const LETTER = /\p{L}/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
/** Letters that a text in a language is mostly made of; languages in Latin letters are not told apart. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/gu,
  fa: /\p{Script=Arabic}/gu,
  ur: /\p{Script=Arabic}/gu,
  he: /\p{Script=Hebrew}/gu,
  zh: /\p{Script=Han}/gu,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  ko: /\p{Script=Hangul}/gu,
  ru: /\p{Script=Cyrillic}/gu,
  hi: /\p{Script=Devanagari}/gu,
};

/** What a text in one script alone is marked as: the browser then takes fonts that have it. */
const SCRIPT_TAGS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['und-Hani', /\p{Script=Han}/gu],
  ['und-Arab', /\p{Script=Arabic}/gu],
  ['ko', /\p{Script=Hangul}/gu],
];
/** Japanese is told from Chinese by its kana, which may be the smaller part. */
const KANA_SHARE = 0.1;

/** How a text is to be set: which way it runs, and which language its fonts are for. */
export interface TextSetting {
  readonly direction: 'ltr' | 'rtl';
  /** null where nothing is known. */
  readonly language: string | null;
}

/** `language` is what the text was found to be, or should be: one that is visibly in another script is set by that. */
export function settingOf(text: string, language: string | null): TextSetting {
  const letters = count(text, LETTER);
  return {
    direction: count(text, RIGHT_TO_LEFT) * 2 > letters ? 'rtl' : 'ltr',
    language:
      language !== null && isWrittenIn(text, language, letters)
        ? language
        : tagOfScript(text, letters),
  };
}

/** A text with its own language and direction, as `settingOf` has them. */
export function passage(text: string, language: string | null, limit: number): Html {
  const { shown, left } = cut(text.trim(), limit);
  const setting = settingOf(shown, language);
  return html`<div class="passage" dir="${setting.direction}"${
    setting.language !== null && html` lang="${setting.language}"`
  }>${shown}${
    left > 0 &&
    html`<span class="cut" lang="en" dir="ltr">… ${left.toLocaleString('en')} more characters</span>`
  }</div>`;
}

/** A name from a config or a dataset within a sentence: it cannot reorder what stands around it. */
export function name(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

function tagOfScript(text: string, letters: number): string | null {
  const found = SCRIPT_TAGS.find(([tag, script]) => {
    const share = count(text, script) / Math.max(1, letters);
    return share > (tag === 'ja' ? KANA_SHARE : 0.5);
  });
  return found?.[0] ?? null;
}

function isWrittenIn(text: string, language: string, letters: number): boolean {
  // A script alone or a mixture says less than a look at the letters.
  if (!LANGUAGE_TAG.test(language) || /^(?:und|mul)\b/i.test(language)) return false;
  const script = SCRIPTS[language.toLowerCase().split('-')[0] ?? ''];
  return script === undefined || count(text, script) * 2 > letters;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}

/** Cuts behind a whole character, counted in code points. */
function cut(text: string, limit: number): { readonly shown: string; readonly left: number } {
  const characters = [...text];
  // A cut that saves next to nothing would only cost the reader the end.
  if (characters.length <= limit * 1.1) return { shown: text, left: 0 };
  return { shown: characters.slice(0, limit).join(''), left: characters.length - limit };
}
