import type { Phrase } from '../safe-text.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { name } from './passage.ts';

/** A sentence whose names cannot reorder its words. */
export function sentence(phrase: Phrase): Html {
  return html`${phrase.map((part) => (typeof part === 'string' ? part : name(part.name)))}`;
}
