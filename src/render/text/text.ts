import {
  cellInterval,
  cellValue,
  MARK_SIGNS,
  marksUsed,
  ownCounts,
  usualCounts,
} from '../cell-text.ts';
import { type Cell, isFigure, type Table } from '../table.ts';
import { align, visibleWidth } from './align.ts';
import { packColumns } from './blocks.ts';
import { cut, wrapWords } from './wrap.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
}

const GAP = '  ';
/**
 * Widest of several label columns; a single one may take a third of the terminal. A longer name loses
 * its middle.
 */
const LABEL_WIDTH = 26;
const LABEL_SHARE = 1 / 3;

/** A column ready to print: heading lines, and one or two lines for each row. */
interface TextColumn {
  readonly group: string | null;
  readonly heading: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly width: number;
  readonly edge: 'left' | 'right';
}

/**
 * A table for a terminal, never wider than it: groups of columns that do not fit side by side stand
 * one under another. A row is the figure and under it its interval.
 */
export function renderText(table: Table, options: TextOptions = { width: 100 }): string {
  return renderTexts([table], options);
}

/** Tables one under another; what their signs mean is said once, at the end. */
export function renderTexts(tables: readonly Table[], { width }: TextOptions): string {
  const sentences = new Set(tables.flatMap(legend));
  return [
    ...tables.flatMap((table) => [...renderFigures(table, width), '']),
    ...[...sentences].flatMap((sentence) => wrapWords(sentence, width)),
    '',
  ].join('\n');
}

/** The table alone: its title and figures, without what its signs mean. */
export function renderFigures(table: Table, width: number): string[] {
  const room = Math.floor(table.labels.length === 1 ? width * LABEL_SHARE : 0);
  const labels = labelColumnsOf(table, Math.max(LABEL_WIDTH, room));
  const figures = figureColumnsOf(table);
  const labelWidth = labels.reduce((sum, column) => sum + column.width + GAP.length, 0);
  const blocks = packColumns(figures, { width: width - labelWidth, gap: GAP.length });
  const title = table.title === '' ? [] : [table.title, ''];
  const groups = table.rows.map(({ group }) => group ?? null);
  return [
    ...title,
    ...blocks.flatMap((block, index) => [
      ...(index === 0 ? [] : ['']),
      ...renderBlock(labels, block, groups),
    ]),
  ];
}

/** Rows with two lines have room for two label lines: the model above, the rest under it. */
function labelColumnsOf(table: Table, room: number): TextColumn[] {
  const twoLines = table.rows.some(({ cells }) => cells.some((cell) => cellInterval(cell) !== ''));
  const [first = '', ...rest] = table.labels;
  if (twoLines && rest.length > 0) {
    const under = (labels: readonly string[]) => labels.filter((label) => label !== '').join(' · ');
    return [
      labelColumn(
        [first, under(rest).toLowerCase()],
        table.rows.map(({ labels: [name = '', ...others] }) => [name, under(others)]),
        room,
      ),
    ];
  }
  return table.labels.map((label, index) => {
    const names = table.rows.map(({ labels }) => labels[index] ?? '');
    const repeats = (row: number) =>
      row > 0 &&
      table.labels.slice(0, index + 1).every((_, column) => {
        const above = table.rows[row - 1]?.labels[column];
        return above === table.rows[row]?.labels[column];
      });
    return labelColumn(
      [label],
      names.map((name, row) => [repeats(row) ? '' : name]),
      room,
    );
  });
}

function labelColumn(
  heading: readonly string[],
  cells: readonly (readonly string[])[],
  room: number,
): TextColumn {
  const shown = cells.map((lines) => lines.map((line) => cut(line, room)));
  return { group: null, heading, cells: shown, width: widest([heading, ...shown]), edge: 'left' };
}

function figureColumnsOf(table: Table): TextColumn[] {
  const usual = usualCounts(table);
  return table.columns.map(({ group, heading }, index) => {
    const n = usual[index] ?? null;
    const cells = table.rows.map((row) => cellLines(row.cells[index] ?? null, n));
    const room = n === null ? widest(cells) : Math.max(widest(cells), 9);
    const padded = n === null ? '' : ' ';
    const lines = wrapWords(heading, room).map((line) => line + padded);
    const full = n === null ? lines : [...lines, `n=${n}${padded}`];
    return { group, heading: full, cells, width: widest([full, ...cells]), edge: 'right' };
  });
}

/** The last column of a figure is for its mark, so that decimals stand in line. */
function cellLines(cell: Cell | null, usual: number | null): string[] {
  const value = cellValue(cell);
  if (!isFigure(cell)) return [value];
  const own = ownCounts(cell, usual);
  const counts =
    own === null ? '' : `${own.missing > 0 ? `${own.n}−${own.missing}` : `n${own.n}`} `;
  const mark = cell.mark === null ? '' : MARK_SIGNS[cell.mark];
  const bracketed = value.endsWith(')');
  const interval = cellInterval(cell);
  return [
    `${counts}${value}${bracketed ? '' : mark.padEnd(1)}`,
    ...(interval === '' ? [] : [`${interval} `]),
  ];
}

function renderBlock(
  labels: readonly TextColumn[],
  figures: readonly TextColumn[],
  groups: readonly (string | null)[],
): string[] {
  const columns = [...labels, ...figures];
  const line = (texts: readonly string[]) =>
    columns
      .map(({ width, edge }, index) => align(texts[index] ?? '', width, edge))
      .join(GAP)
      .trimEnd();
  const depth = Math.max(...columns.map(({ heading }) => heading.length));
  const heading = Array.from({ length: depth }, (_, level) =>
    line(
      columns.map((column) =>
        column.edge === 'left'
          ? (column.heading[level] ?? '')
          : (column.heading[level - (depth - column.heading.length)] ?? ''),
      ),
    ),
  );
  const body = Array.from({ length: labels[0]?.cells.length ?? 0 }, (_, row) => {
    // A row that the run plans nothing for in these columns would be a name and no figures.
    if (figures.every(({ cells }) => (cells[row] ?? []).every((text) => text === ''))) return [];
    const height = Math.max(...columns.map(({ cells }) => cells[row]?.length ?? 0));
    const group = groups[row] ?? null;
    const opens = group !== null && group !== (groups[row - 1] ?? null);
    return [
      ...(opens ? ['', group] : []),
      ...Array.from({ length: height }, (_, level) =>
        line(columns.map(({ cells }) => cells[row]?.[level] ?? '')),
      ),
    ];
  });
  return [
    ...groupLine(columns),
    ...heading,
    columns.map(({ width }) => '─'.repeat(width)).join(GAP),
    ...body.flat(),
  ];
}

/** The groups' names, each over a line that spans its columns. */
function groupLine(columns: readonly TextColumn[]): string[] {
  if (columns.every(({ group }) => group === null)) return [];
  const spans: { readonly name: string | null; width: number }[] = [];
  for (const { group, width } of columns) {
    const last = spans.at(-1);
    if (last && last.name === group && group !== null) last.width += GAP.length + width;
    else spans.push({ name: group, width });
  }
  const shown = spans.map(({ name, width }) => {
    if (name === null) return ' '.repeat(width);
    const text = `${cut(name, width - 2)} `;
    return align(text, visibleWidth(text), 'left') + '─'.repeat(width - visibleWidth(text));
  });
  return [shown.join(GAP).trimEnd()];
}

/** What a table's signs mean, a sentence each. */
export function legend(table: Table): string[] {
  const figures = table.rows.flatMap(({ cells }) => cells.filter(isFigure));
  return [
    ...table.note.split(/(?<=\.) /).filter((sentence) => sentence !== ''),
    ...marksUsed(table).map(({ mark, meaning }) => `${MARK_SIGNS[mark]} ${meaning}.`),
    ...(figures.some(({ estimate }) => estimate.missing > 0)
      ? ['29−1 before a figure: 29 rated questions, 1 rating missing.']
      : []),
  ];
}

function widest(lines: readonly (readonly string[])[]): number {
  return Math.max(0, ...lines.flat().map(visibleWidth));
}
