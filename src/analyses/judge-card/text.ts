import { escapeText } from '../../render/markdown.ts';
import { renderGrid as markdownGrid } from '../../render/markdown-grid.ts';
import { wrapWords } from '../../render/text/wrap.ts';
import { renderAuditMarkdown, renderAuditText } from '../audit/present.ts';
import { cardTitle, factRows, textsGrid, USE_HEADINGS, unmeasuredRows, useRows } from './layout.ts';
import type { JudgeCard } from './schema.ts';

/** Cards for a terminal, one below the other. */
export function renderJudgeCardsText(
  cards: readonly JudgeCard[],
  { width, simulated }: { readonly width: number; readonly simulated: string | null },
): string {
  const lines = (text: string) => wrapWords(text, width);
  const item = (text: string) =>
    wrapWords(text, width - 2).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`);
  return [
    ...(simulated === null ? [] : [...lines(`SIMULATED. ${simulated}`), '']),
    ...cards.flatMap((card) => [
      cardTitle(card),
      '',
      ...lines(card.verdict),
      '',
      ...useRows(card).flatMap(([use, fit, why]) => item(`${use}: ${fit}; ${why}`)),
      '',
      ...(card.cautions.length > 0 ? ['Mind', ...card.cautions.flatMap(item), ''] : []),
      'Known',
      ...factRows(card).flatMap(([topic, fact]) => item(`${topic}: ${fact}`)),
      '',
      ...card.audits.flatMap((audit) => [renderAuditText(audit), '']),
      ...(card.unmeasured.length > 0
        ? [
            'Not measured',
            ...unmeasuredRows(card).flatMap(([what, measure]) => item(`${what}: ${measure}`)),
            '',
          ]
        : []),
    ]),
  ].join('\n');
}

/** The same as one Markdown file. */
export function renderJudgeCardsMarkdown(
  cards: readonly JudgeCard[],
  simulated: string | null,
): string {
  return [
    ...(simulated === null ? [] : [`> **Simulated.** ${escapeText(simulated)}`, '']),
    ...cards.flatMap((card) => [
      `# ${escapeText(cardTitle(card))}`,
      '',
      escapeText(card.verdict),
      '',
      ...card.cautions.map((caution) => `- ${escapeText(caution)}`),
      ...(card.cautions.length > 0 ? [''] : []),
      '## What its ratings may be used for',
      '',
      markdownGrid(textsGrid(USE_HEADINGS, useRows(card))),
      '',
      '## What is known',
      '',
      markdownGrid(textsGrid(['What', 'Finding'], factRows(card))),
      '',
      ...card.audits.map(renderAuditMarkdown),
      ...(card.unmeasured.length > 0
        ? [
            '## Not measured',
            '',
            markdownGrid(textsGrid(['What', 'To measure it'], unmeasuredRows(card))),
            '',
          ]
        : []),
    ]),
  ].join('\n');
}
