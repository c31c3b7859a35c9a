import { type Content, type Html, html } from './html.ts';

/** A part of the page with an entry in the table of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

export function section({ id, title, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}

/** The table of contents: beside the text where there is room, else folded up above it. */
export function contents(sections: readonly Section[]): Html {
  const entries = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav class="contents" aria-label="Contents">
<details open><summary>Contents</summary><ol>${entries}</ol></details>
</nav>
`;
}
