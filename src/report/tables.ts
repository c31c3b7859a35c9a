import { humanScaleTables } from '../analyses/agreement/present/human-scale-tables.ts';
import type { RunSummary } from '../analyses/summary/schema.ts';
import type { Table } from '../render/table.ts';
import { answerLanguageTable } from './tables/answer-language-table.ts';
import { coverageTable } from './tables/coverage-table.ts';
import { differenceTable } from './tables/difference-table.ts';
import { expectedTable } from './tables/expected-table.ts';
import { givenTable } from './tables/external-table.ts';
import { languageTable } from './tables/language-table.ts';
import { missingBoundsTable } from './tables/missing-bounds-table.ts';
import {
  byCategory,
  byCulture,
  cultureByCategory,
  scopeByCulture,
  styleByCulture,
} from './tables/rating-tables.ts';
import { scopeContrastTable } from './tables/scope-contrast-table.ts';

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
    ...humanScaleTables(summary.humanScale ?? []),
    expectedTable(summary),
    answerLanguageTable(summary),
    coverageTable(summary),
    languageTable(summary),
    missingBoundsTable(summary),
  ];
  return tables.filter((table) => table !== null);
}
