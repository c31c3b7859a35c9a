import type { Table, TableRow } from './table.ts';

/** What a table of texts is made from: rows of strings under headings, in groups. */
export interface Texts {
  readonly name: string;
  readonly title?: string;
  readonly note?: string;
  readonly headings: readonly string[];
  /** How many columns at the left name the row; the others hold figures and stand at the right. */
  readonly labels: number;
  readonly groups: readonly {
    readonly name: string | null;
    readonly rows: readonly (readonly string[])[];
  }[];
  /** The columns behind the labels hold sentences. */
  readonly prose?: boolean;
  /** Texts that are findings. */
  readonly found?: readonly string[];
}

/** A table whose cells are texts that are ready to be shown. */
export function textTable(texts: Texts): Table {
  const { name, title = '', note = '', headings, labels, groups, prose, found = [] } = texts;
  return {
    name,
    title,
    note,
    labels: headings.slice(0, labels),
    columns: headings.slice(labels).map((heading) => ({
      group: null,
      heading,
      average: false,
      ...(prose === true ? { prose } : {}),
    })),
    rows: groups.flatMap(({ name: group, rows }) =>
      rows.map(
        (row): TableRow => ({
          group,
          labels: row.slice(0, labels),
          cells: row
            .slice(labels)
            .map((text) => ({ kind: 'text', text, found: found.includes(text) })),
        }),
      ),
    ),
  };
}
