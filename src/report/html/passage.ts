import { html, type Html } from './html.ts';

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);
/** What BCP 47 allows; anything else is no language a browser could use. */
const LANGUAGE_TAG = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;

/** Most characters of one text on the page, so that 200 examples stay a page. */
export const PASSAGE_LIMITS = { question: 500, reference: 500, answer: 900, verdict: 700 } as const;

/** A text in its own language and direction; `language` null lets its first strong letter decide. */
export function passage(text: string, language: string | null, limit: number): Html {
  const { shown, left } = cut(text.trim(), limit);
  return html`<div class="passage"${attributes(language)}>${shown}${
    left > 0 && html`<span class="cut" lang="en" dir="ltr">… ${left} more characters</span>`
  }</div>`;
}

/** A name from a config or a dataset within a sentence: it cannot reorder what stands around it. */
export function name(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

function attributes(language: string | null): Html {
  if (language === null || !LANGUAGE_TAG.test(language)) return html` dir="auto"`;
  const base = language.toLowerCase().split('-')[0] ?? '';
  return html` lang="${language}" dir="${RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr'}"`;
}

/** Cuts behind a whole character, counted in code points. */
function cut(text: string, limit: number): { readonly shown: string; readonly left: number } {
  const characters = [...text];
  // A cut that saves next to nothing would only cost the reader the end.
  if (characters.length <= limit * 1.1) return { shown: text, left: 0 };
  return { shown: characters.slice(0, limit).join(''), left: characters.length - limit };
}
