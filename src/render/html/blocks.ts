import type { Block, ChartsBlock, Document } from '../document.ts';
import { charts } from './charts.ts';
import { figures } from './figures.ts';
import { type Html, html } from './html.ts';
import { name } from './passage.ts';

/** A document's blocks as a part of a page; the page gives the part its own heading. */
export function renderBlocks({ blocks }: Document): Html[] {
  return blocks.map(blockMarkup);
}

function blockMarkup(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return block.level === 1
        ? html`<h3 class="part">${name(block.text)}</h3>`
        : html`<h4>${name(block.text)}</h4>`;
    case 'text':
      return said(block.sentences);
    case 'notes':
      return block.notes.length === 0
        ? html``
        : html`<ul class="notes">${block.notes.map((note) => html`<li>${name(note)}</li>`)}</ul>`;
    case 'table':
      return block.table.rows.length === 0 ? html`` : figures(block.table);
    case 'charts':
      return chartsMarkup(block.charts);
    case 'details':
      return html`<details class="source"><summary>${name(block.summary)}</summary>
${block.blocks.map(blockMarkup)}</details>
`;
    case 'callout':
      return html`<p class="callout"><strong>${block.label}.</strong> ${name(block.text)}</p>`;
    default:
      return block satisfies never;
  }
}

/** A chart that is not ready for a page has its description there. */
function chartsMarkup(entries: ChartsBlock['charts']): Html {
  const bare = entries.filter((chart) => !('svg' in chart));
  return html`${charts(entries.filter((chart) => 'svg' in chart))}${bare.map(
    ({ description }) => html`<p>${description}</p>`,
  )}`;
}

function said(sentences: readonly string[]): Html {
  if (sentences.length === 0) return html``;
  return html`<div class="said">${sentences.map((sentence) => html`<p>${name(sentence)}</p>`)}</div>`;
}
