import type { Block, Document } from '../document.ts';
import { behaviour } from './behaviour.ts';
import { renderBlocks } from './blocks.ts';
import { renderDocument } from './document.ts';
import { html } from './html.ts';
import { name } from './passage.ts';

interface PageKind {
  readonly kind: string;
  readonly opening: string;
  readonly simulated: string | null;
  /** What the page was made from; left out: the store. */
  readonly origin?: string;
}

/**
 * A document as a page that needs nothing else; every heading of level 1 begins a section. What
 * stands before the first is named by `opening`. `simulated`: why it measures nothing, or null.
 */
export function renderDocumentPage(document: Document, page: PageKind): string {
  const { kind, opening, simulated, origin } = page;
  return renderDocument({
    title: kind,
    simulated: simulated !== null,
    origin,
    head: html`<header class="masthead">
${simulated !== null && html`<p class="banner" role="note"><strong>Simulated.</strong> ${simulated}</p>`}
<p class="kicker">care-judge ${kind.toLowerCase()}</p>
<h1>${name(document.title)}</h1>
${(document.lead ?? []).map(
  (sentence, index) => html`<p class="${index === 0 ? 'verdict' : 'fine'}">${name(sentence)}</p>
`,
)}</header>
`,
    sections: partsOf(document.blocks, opening).map(({ title, blocks }, index) => ({
      id: `part-${index + 1}`,
      title,
      content: renderBlocks({ title, blocks }),
    })),
    scripts: [behaviour],
    ...(document.source === undefined ? {} : { source: document.source }),
  });
}

function partsOf(blocks: readonly Block[], opening: string): { title: string; blocks: Block[] }[] {
  const parts: { title: string; blocks: Block[] }[] = [{ title: opening, blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 1)
      parts.push({ title: block.text, blocks: [] });
    else parts.at(-1)?.blocks.push(block);
  }
  return parts.filter(({ blocks: within }) => within.length > 0);
}
