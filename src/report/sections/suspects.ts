import { modelLabel } from '../../domain/model-label.ts';
import type { Suspect } from '../../ports/run-archive.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name, PASSAGE_LIMITS, passage } from '../../render/html/passage.ts';

/** More of them say nothing new on a page; the store lists all. */
const SHOWN = 20;

/** Answers that hold what reads like a verdict, with the rating that they got. */
export function suspects(entries: readonly Suspect[]): Html {
  if (entries.length === 0) return html``;
  const more = entries.length - SHOWN;
  return html`<details class="examples">
<summary><h3>Answers that read like a verdict</h3> <span class="tally">${entries.length.toLocaleString('en')}</span></summary>
<p class="fine">They hold a rating in the judge’s form, or a line that imitates the end of the answer. They are judged as they are; look whether the judge was led by them.${
    more > 0 &&
    html` The first ${SHOWN} are shown; all of them: <code>SELECT * FROM suspects</code> in the store.`
  }</p>
${entries.slice(0, SHOWN).map(suspect)}
</details>
`;
}

function suspect({ model, variant, style, item, judge, answer, rating }: Suspect): Html {
  return html`<article class="example">
<header><span class="id">${name(item)}</span></header>
<h4>Answer of ${name(modelLabel({ name: model, variant }))}, ${name(style)}<span class="rating">${
    rating === null ? 'not rated' : html`<b>${rating}</b> of 10`
  } by ${name(judge)}</span></h4>
${passage(answer, null, PASSAGE_LIMITS.verdict)}
</article>
`;
}
