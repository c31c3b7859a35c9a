import type { RunSummary } from '../analyses/summary/schema.ts';
import type { Table } from '../render/table.ts';
import { reportSections } from './sections/index.ts';
import { tablesOf } from './sections/section.ts';

/** Every table of a report that has something to show, in the report's order. */
export function reportTables(summary: RunSummary): Table[] {
  return reportSections.flatMap((section) => tablesOf(section, summary));
}
