import {
  type Block,
  type Document,
  heading,
  notes,
  simulatedNotice,
  tableBlock,
  text,
} from '../../render/document.ts';
import { textTable } from '../../render/text-table.ts';
import { presentAudit } from '../audit/present.ts';
import { cardTitle, factRows, USE_HEADINGS, unmeasuredRows, useRows } from './facts.ts';
import type { JudgeCard } from './schema.ts';

/** What each judge's ratings may be used for, and what is known of it. */
export function presentJudgeCards(cards: readonly JudgeCard[], simulated: string | null): Document {
  return {
    title: cards.length === 1 ? 'Judge card' : 'Judge cards',
    blocks: [...simulatedNotice(simulated), ...cards.flatMap(cardBlocks)],
  };
}

function cardBlocks(card: JudgeCard): Block[] {
  return [
    heading(cardTitle(card)),
    text(card.verdict),
    notes(card.cautions),
    sentences(card, 'What its ratings may be used for', USE_HEADINGS, useRows(card)),
    sentences(card, 'What is known of it', ['What', 'Finding'], factRows(card)),
    ...card.audits.flatMap((audit) => {
      const { title, blocks } = presentAudit(audit);
      return [heading(title, 2), ...blocks];
    }),
    sentences(card, 'Not measured', ['What', 'To measure it'], unmeasuredRows(card)),
  ];
}

function sentences(
  { judge }: JudgeCard,
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Block {
  return tableBlock(
    textTable({
      name: `judge-${judge.name}-${title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
      title,
      labels: 1,
      headings,
      groups: [{ name: null, rows }],
      prose: true,
    }),
  );
}
