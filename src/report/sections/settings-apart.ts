import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import type { PageSource } from '../page/page-source.ts';

/** What differs between the settings of the runs, where there are several. */
export function settingsApart({ runs, differences: found }: PageSource): Html[] {
  if (runs.length < 2) return [];
  if (found.length === 0)
    return [html`<p>Nothing: their settings are the same to the last character.</p>`];
  const table = plainTable({
    id: 'table-differences',
    caption: 'Settings that are not the same in all runs',
    headings: ['Setting', ...runs.map(({ definition }) => definition.id)],
    rows: found.map(({ setting, values }) => [
      name(setting),
      ...values.map((value) => (value === null ? 'not set' : html`<code>${name(value)}</code>`)),
    ]),
  });
  return [table];
}
