import { showControls } from '../domain/shown-text.ts';
import {
  cellInterval,
  cellValue,
  comparisonTexts,
  countsText,
  figure,
  marksUsed,
  notableMacro,
  ownCounts,
  usualCounts,
} from './cell-text.ts';
import {
  type Cell,
  type Column,
  type ComparisonCell,
  isFigure,
  type Mark,
  type Table,
} from './table.ts';

/** A GitHub-flavoured Markdown table: figure, interval and, where they differ, counts in one cell. */
export function renderMarkdown(table: Table): string {
  const usual = usualCounts(table);
  const headings = [
    ...table.labels.map(escapeText),
    ...table.columns.map((column, index) => columnHeading(column, usual[index] ?? null)),
  ];
  const rows = table.rows.map((row) => [
    ...row.labels.map(escapeText),
    ...row.cells.map((cell, index) => cellMarkup(cell, usual[index] ?? null)),
  ]);
  const groups = table.rows.map(({ group }) => group ?? null);
  const groupRow = (index: number) => {
    const name = groups[index] ?? null;
    if (name === null || name === (groups[index - 1] ?? null)) return [];
    return [[`**${escapeText(name)}**`, ...headings.slice(1).map(() => '')]];
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const below = [table.note, ...legend(table)].filter((part) => part !== '').join(' ');
  return [
    ...(table.title === '' ? [] : [`## ${escapeText(table.title)}`, '']),
    line(headings),
    line(edges(table)),
    ...rows.flatMap((row, index) => [...groupRow(index), row].map(line)),
    '',
    ...(below === '' ? [] : [below, '']),
  ].join('\n');
}

function edges({ labels, columns }: Table): string[] {
  return [...labels.map(() => ':--'), ...columns.map(({ prose }) => (prose ? ':--' : '--:'))];
}

function columnHeading({ group, heading }: Column, n: number | null): string {
  const name =
    group === null ? escapeText(heading) : `${escapeText(group)}: ${escapeText(heading)}`;
  return n === null ? name : `${name}<br>n=${n}`;
}

function cellMarkup(cell: Cell | null, usual: number | null): string {
  if (cell?.kind === 'comparison') return comparisonMarkup(cell);
  const value = cellValue(cell);
  if (!isFigure(cell)) return cell?.kind === 'text' ? escapeText(value) : value;
  const macro = notableMacro(cell);
  const own = ownCounts(cell, usual);
  return [
    marked(value, cell.mark),
    cellInterval(cell),
    macro === null ? '' : `macro ${figure(macro)}`,
    own === null ? '' : countsText(own),
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

function comparisonMarkup(cell: ComparisonCell): string {
  const { ours, interval, counts, difference, verdict } = comparisonTexts(cell);
  const dagger = cell.implied === null ? '' : `† (${escapeText(cell.implied.figure)})`;
  const own = [`**${ours}**`, interval === '' ? '' : `(${interval})`, counts];
  return [
    `${escapeText(cell.printed)}${dagger} → ${own.filter((part) => part !== '').join(' ')}`,
    difference,
    escapeText(verdict),
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

function marked(value: string, mark: Mark): string {
  if (mark === 'best') return `**${value}**`;
  if (mark === 'second') return `<u>${value}</u>`;
  if (mark === 'tied') return `≈${value}`;
  return mark === 'apart' ? `${value}†` : value;
}

function legend(table: Table): string[] {
  const figures = table.rows.flatMap(({ cells }) => cells.filter(isFigure));
  return [
    ...marksUsed(table).map(
      ({ mark, meaning }) =>
        `${marked(mark === 'tied' || mark === 'apart' ? '' : mark, mark)}: ${meaning}.`,
    ),
    ...(figures.some((cell) => notableMacro(cell) !== null)
      ? ['"macro": mean of the category means, where it differs by 0.05 or more.']
      : []),
    ...(figures.some(({ estimate }) => estimate.missing > 0)
      ? ['"missing": planned ratings that were not obtained.']
      : []),
  ];
}

/** Names come from configs and data: nothing in them may become markup or break the table. */
export function escapeText(text: string): string {
  return showControls(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
