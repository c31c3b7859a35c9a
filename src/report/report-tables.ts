import type { RunSummary } from '../summary/run-summary.ts';
import { coverageTable } from './coverage-table.ts';
import { differenceTable } from './difference-table.ts';
import { expectedTable } from './expected-table.ts';
import { givenTable } from './given-table.ts';
import { languageTable } from './language-table.ts';
import type { Table } from './table.ts';
import { cultureByCategory, overview, scopeByCulture, styleByCulture } from './tables.ts';

/** Every table of a report that has something to show, in the report's order. */
export function reportTables(summary: RunSummary): Table[] {
  const styles = new Set(summary.estimates.map(({ style }) => style));
  const languages = languageTable(summary);
  const given = givenTable(summary);
  const difference = differenceTable(summary);
  const expected = expectedTable(summary);
  return [
    overview(summary),
    cultureByCategory(summary),
    ...(styles.size > 1 ? [styleByCulture(summary)] : []),
    ...(summary.scopes.length > 0 ? [scopeByCulture(summary)] : []),
    ...(difference === null ? [] : [difference]),
    ...(given === null ? [] : [given]),
    ...(expected === null ? [] : [expected]),
    coverageTable(summary),
    ...(languages === null ? [] : [languages]),
  ];
}
