import { pick } from '../../stats/at.ts';
import type { PaperCount } from './schema.ts';
import type { SetItem } from './set-item.ts';

const CATEGORIES = [
  'Cultural entities',
  'Opinion',
  'Social norms',
  'Cultural commonsense',
  'Literacy',
] as const;
const SCOPES = ['Sub-nationwide', 'Nationwide', 'Continent-wide', 'Worldwide'] as const;

/** A table as the paper prints it: rows of cells with their printed totals, and printed column totals. */
interface Printed {
  readonly table: string;
  readonly part: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly totals: readonly number[];
  readonly total: number;
  /** Which questions it counts, and the column of one. */
  readonly counts: (entry: SetItem) => boolean;
  readonly columnOf: (entry: SetItem) => string | null;
}

const isAbout = (kind: string, culture: string) => (entry: SetItem) => {
  const association = entry.item.association?.toLowerCase() ?? '';
  const names = `${association} ${entry.item.culture.toLowerCase()}`;
  return association.startsWith(kind) && names.includes(culture);
};

const ofCategory = (
  table: string,
  part: string,
  counts: Printed['counts'],
): Pick<Printed, 'table' | 'part' | 'columns' | 'counts' | 'columnOf'> => ({
  ...{ table, part, columns: CATEGORIES, counts },
  columnOf: ({ item }) => item.category,
});

/** Tables 7, 8 and 9 of CARE (arXiv 2504.05154), as printed: instruction sets, benchmarks, then curation or web. */
const PRINTED: readonly Printed[] = [
  {
    ...ofCategory('Table 7', 'Chinese', isAbout('native', 'chin')),
    rows: [
      [224, 115, 3, 2, 231],
      [3, 5, 33, 17, 2],
      [26, 16, 66, 82, 0],
    ],
    totals: [253, 136, 102, 101, 233],
    total: 825,
  },
  {
    ...ofCategory('Table 7', 'Arab', isAbout('native', 'arab')),
    rows: [
      [242, 42, 8, 7, 141],
      [8, 12, 20, 19, 2],
      [0, 50, 72, 74, 0],
    ],
    totals: [250, 104, 100, 100, 143],
    total: 697,
  },
  {
    ...ofCategory('Table 7', 'Japanese', isAbout('native', 'japan')),
    rows: [
      [293, 1, 15, 5, 98],
      [4, 0, 33, 13, 0],
      [0, 99, 75, 85, 2],
    ],
    totals: [297, 100, 123, 103, 100],
    total: 723,
  },
  {
    ...ofCategory('Table 8', 'foreign', isAbout('foreign', '')),
    rows: [
      [658, 198, 72, 27, 147],
      [0, 0, 51, 18, 0],
      [0, 0, 9, 65, 0],
    ],
    totals: [504, 197, 128, 109, 120],
    total: 1245,
  },
  ...(
    [
      ['Chinese', 'zh', [66, 1420, 99, 133], 1718],
      ['Arabic', 'ar', [7, 675, 157, 23], 862],
      ['Japanese', 'ja', [28, 714, 121, 47], 910],
    ] as const
  ).map(
    ([part, language, totals, total]): Printed => ({
      ...{ table: 'Table 9', part, columns: SCOPES, rows: [totals], totals, total },
      counts: ({ item }) => item.language === language,
      columnOf: ({ item }) => item.scope,
    }),
  ),
];

/**
 * The set's counts next to the paper's printed ones. `added` is what the printed cells of the column
 * add up to: where it is not what is printed, the print cannot be met by any data.
 */
export function comparePaperCounts(items: readonly SetItem[]): PaperCount[] {
  return PRINTED.flatMap(({ table, part, columns, rows, totals, total, counts, columnOf }) => {
    const own = items.filter(counts);
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    const added = columns.map((_, at) => sum(rows.map((row) => pick(row, at))));
    return [
      ...columns.map((column, at) => ({
        ...{ table, part, column },
        here: own.filter((entry) => columnOf(entry) === column).length,
        printed: pick(totals, at),
        added: pick(added, at),
      })),
      { table, part, column: null, here: own.length, printed: total, added: sum(added) },
    ];
  });
}
