import { showControls } from '../../domain/shown-text.ts';

/** Markup that is safe to put into a page. Only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, absent things leave nothing. */
export type Content = string | number | Html | null | false | readonly Content[];

/** A template whose every insertion is escaped, as content and as a quoted attribute alike. */
export function html(strings: TemplateStringsArray, ...insertions: readonly Content[]): Html {
  const markup = strings.reduce(
    (before, text, index) => `${before}${markupOf(insertions[index - 1] ?? null)}${text}`,
  );
  return { markup };
}

/** Markup made by a program that escapes for itself (Vega), or by this one. Never text from outside. */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(content: Content): string {
  if (content === null || content === false) return '';
  if (typeof content === 'string' || typeof content === 'number') return escapeText(`${content}`);
  if ('markup' in content) return content.markup;
  return content.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** The one way in for text from models, data and configs. */
export function escapeText(text: string): string {
  return showControls(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}

/** JSON for a data block: no `<` in it, so nothing can end the script element. */
export function jsonBlock(value: unknown): Html {
  return trusted(JSON.stringify(value).replace(/</g, '\\u003c'));
}
