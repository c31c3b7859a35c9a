import { createHash } from 'node:crypto';
import { type Html, html, trusted } from './html.ts';

/** Text that would end a script or style element, or open a comment in it. */
const ELEMENT_END = /<\/(?:script|style)|<!--/i;

/** A script of this program, as an element. Throws where its text would end the element early. */
export function scriptElement(text: string): Html {
  return html`<script>${inline(text)}</script>
`;
}

export function styleElement(text: string): Html {
  return html`<style>${inline(text)}</style>
`;
}

function inline(text: string): Html {
  if (ELEMENT_END.test(text)) throw new Error('an inlined script or style would end its element');
  return trusted(text);
}

/** A policy that runs these scripts, uses this style, and fetches nothing at all. */
export function contentPolicy(sources: {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return [
    "default-src 'none'",
    `script-src ${hashes(sources.scripts)}`,
    `style-src ${hashes(sources.styles)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
