import type { RunSummary } from '../../analyses/summary/schema.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { causeGroups, contradictionSentence } from '../words/missing-causes.ts';

/** Why ratings are missing, each cause with its count; nothing where none is. */
export function missingCauses({ missingCauses: causes = [], contradictions }: RunSummary): Html {
  const sentence = contradictions === undefined ? null : contradictionSentence(contradictions);
  const table =
    causes.length > 0 &&
    plainTable({
      id: 'table-missing-causes',
      caption: 'Why ratings are missing',
      headings: ['Where', 'Count', 'Cause'],
      rows: causeGroups(causes).flatMap(({ title, causes: found }) =>
        found.map(({ cause, count }) => [name(title), count.toLocaleString('en'), name(cause)]),
      ),
    });
  return html`${table}${
    sentence !== null &&
    html`<p>${sentence}</p>
`
  }`;
}
