import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Html } from '../../render/html/html.ts';
import type { Table } from '../../render/table.ts';
import type { PageSource } from '../page/page-source.ts';

/** A part of the run report. What it shows is on the page, in the files and, as tables, in the terminal. */
export interface ReportSection {
  /** The part's anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** Written as files, printed, and shown on the page; null for a table without anything to show. */
  readonly tables?: (summary: RunSummary) => readonly (Table | null)[];
  /** The page's part, where it is more than the tables one below the other. */
  readonly page?: (source: PageSource, tables: readonly Table[]) => readonly Html[];
}

export function tablesOf({ tables }: ReportSection, summary: RunSummary): Table[] {
  return (tables?.(summary) ?? []).filter((table) => table !== null);
}
