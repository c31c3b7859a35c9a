import type { RunSummary } from '../summary/run-summary.ts';
import { answerLanguageTable } from './answer-language-table.ts';
import { coverageTable } from './coverage-table.ts';
import { differenceTable } from './difference-table.ts';
import { expectedTable } from './expected-table.ts';
import { givenTable } from './given-table.ts';
import { languageTable } from './language-table.ts';
import { missingBoundsTable } from './missing-bounds-table.ts';
import { scopeContrastTable } from './scope-contrast-table.ts';
import type { Table } from './table.ts';
import {
  byCategory,
  byCulture,
  cultureByCategory,
  scopeByCulture,
  styleByCulture,
} from './tables.ts';

/** Every table of a report that has something to show, in the report's order. */
export function reportTables(summary: RunSummary): Table[] {
  const styles = new Set(summary.estimates.map(({ style }) => style));
  const tables = [
    cultureByCategory(summary),
    byCulture(summary),
    byCategory(summary),
    styles.size > 1 ? styleByCulture(summary) : null,
    summary.scopes.length > 0 ? scopeByCulture(summary) : null,
    scopeContrastTable(summary),
    differenceTable(summary),
    givenTable(summary),
    expectedTable(summary),
    answerLanguageTable(summary),
    coverageTable(summary),
    languageTable(summary),
    missingBoundsTable(summary),
  ];
  return tables.filter((table) => table !== null);
}
