import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { auditGrid, auditNotes, auditSentences, auditTitle } from '../audit/present.ts';
import type { Audit } from '../audit/schema.ts';
import { factRows, USE_HEADINGS, unmeasuredRows, useRows } from './layout.ts';
import type { JudgeCard } from './schema.ts';

/** A card for each judge: what its ratings may be used for, and what is known of it. */
export function judgeCardSection(cards: readonly JudgeCard[]): Html[] {
  return cards.map((card, index) => {
    const id = `table-judge-${index}`;
    const texts = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(name));
    return html`<h3 class="part">${name(card.judge.name)}</h3>
<div class="said"><p>${name(card.verdict)}</p>
${card.cautions.map((caution) => html`<p>${name(caution)}</p>`)}</div>
${plainTable({
  id: `${id}-uses`,
  caption: 'What its ratings may be used for',
  headings: USE_HEADINGS,
  rows: texts(useRows(card)),
})}${plainTable({
  id: `${id}-known`,
  caption: 'What is known of it',
  headings: ['What', 'Finding'],
  rows: texts(factRows(card)),
})}${card.audits.map((audit, number) => auditPart(audit, `${id}-audit-${number}`))}${
  card.unmeasured.length > 0 &&
  plainTable({
    id: `${id}-unmeasured`,
    caption: 'Not measured',
    headings: ['What', 'To measure it'],
    rows: unmeasuredRows(card).map(([what = '', measure = '']) => [
      name(what),
      html`<code>${measure}</code>`,
    ]),
  })
}`;
  });
}

function auditPart(audit: Audit, id: string): Html {
  const { headings, groups } = auditGrid(audit);
  const rows = groups.flatMap((group) =>
    group.rows.map(([culture, ...figures]): Content[] => [
      html`${group.name}: ${name(culture ?? '')}`,
      ...figures,
    ]),
  );
  return html`<h4>${name(auditTitle(audit))}</h4>
<div class="said">${auditSentences(audit).map((text) => html`<p>${name(text)}</p>`)}</div>
${rows.length > 0 && plainTable({ id, caption: 'Shift of its ratings under each change', headings, rows })}<details class="source"><summary>How it was measured</summary>
<div class="said">${auditNotes(audit).map((note) => html`<p>${name(note)}</p>`)}</div></details>
`;
}
