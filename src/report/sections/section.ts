import { ofScale } from '../../analyses/summary/of-scale.ts';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Scale } from '../../domain/solution.ts';
import type { Html } from '../../render/html/html.ts';
import type { Table } from '../../render/table.ts';
import type { PageSource } from '../page/page-source.ts';

/** A part of the run report. What it shows is on the page, in the files and, as tables, in the terminal. */
export interface ReportSection {
  /** Which figures it is about; without it, all of them. */
  readonly scale?: Scale;
  /** The part's anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** Written as files, printed, and shown on the page; null for a table without anything to show. */
  readonly tables?: (summary: RunSummary) => readonly (Table | null)[];
  /** The page's part, where it is more than the tables one below the other. */
  readonly page?: (source: PageSource, tables: readonly Table[]) => readonly Html[];
}

/** A part about a scale that the run has no figures of has no tables. */
export function tablesOf({ tables, scale }: ReportSection, summary: RunSummary): Table[] {
  const own = scale === undefined ? summary : ofScale(summary, scale);
  if (scale !== undefined && own.estimates.length === 0) return [];
  return (tables?.(own) ?? []).filter((table) => table !== null);
}
