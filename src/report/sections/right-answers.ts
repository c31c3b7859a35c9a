import {
  accuracyWarnings,
  allOrdersTable,
  measureTable,
  positionTable,
  unreadTable,
  wrongOptionTable,
} from '../../analyses/accuracy/present.ts';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import { figures } from '../../render/html/figures.ts';
import { type Html, html } from '../../render/html/html.ts';
import type { Table } from '../../render/table.ts';
import type { PageSource } from '../page/page-source.ts';
import {
  accuracyByCulture,
  accuracyBySubject,
  accuracyOutcomes,
} from '../tables/accuracy-tables.ts';

/** Every table about right answers that has something to show. */
export function rightAnswerTables(summary: RunSummary): readonly (Table | null)[] {
  const { accuracy } = summary;
  return [
    accuracyByCulture(summary),
    accuracyBySubject(summary),
    accuracyOutcomes(summary),
    ...(accuracy === undefined
      ? []
      : [unreadTable, wrongOptionTable, positionTable, allOrdersTable, measureTable].map((table) =>
          table(accuracy),
        )),
  ];
}

/** The same on the page, below what must be known before they are read. */
export function rightAnswers({ summary }: PageSource, tables: readonly Table[]): Html[] {
  const warnings = summary.accuracy === undefined ? [] : accuracyWarnings(summary.accuracy);
  return [
    ...warnings.map((warning) => html`<p class="banner" role="note">${warning}</p>`),
    ...tables.map(figures),
  ];
}
