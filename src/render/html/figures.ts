import { counted } from '../../domain/counted.ts';
import {
  cellInterval,
  cellValue,
  comparisonTexts,
  figure,
  marksUsed,
  notableMacro,
  ownCounts,
  usualCounts,
} from '../cell-text.ts';
import { CHOICES, type Choices } from '../choices.ts';
import {
  type Cell,
  type ComparisonCell,
  type FigureCell,
  isFigure,
  type Table,
  type TableRow,
} from '../table.ts';
import { choiceAttributes } from './choices.ts';
import { type Html, html } from './html.ts';
import { name } from './passage.ts';
import { tableTools } from './table-tools.ts';

/** A table of figures in a box that scrolls for itself, its row headings standing still. */
export function figures(table: Table): Html {
  const id = `table-${table.name}`;
  return html`<figure${classes('figures', table.columns.length > ROOMY_COLUMNS && 'dense')}>
${tableTools(table, canFold(table))}<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table>
<caption id="${id}">${name(table.title)}</caption>
${head(table)}
${rowGroups(table).map((rows, index, all) => [groupHeading(table, rows, all[index - 1]), body(table, rows)])}
</table>
</div>
${hasNotes(table) && html`<figcaption>${notes(table)}</figcaption>`}
</figure>
`;
}

/** More columns than these stand closer together, their intervals on two lines where need be. */
const ROOMY_COLUMNS = 10;

/** Groups of columns that each end in an average, which can stand for the rest. */
function canFold({ columns }: Table): boolean {
  const groups = new Set(columns.map(({ group }) => group));
  const averages = columns.filter(({ average }) => average).length;
  return groups.size > 1 && averages === groups.size && columns.length > averages;
}

/** What folding does with a column: `part` goes, its group's average stays. */
type FoldPart = 'average' | 'part' | null;

function foldPart(average: boolean, foldable: boolean): FoldPart {
  if (average) return 'average';
  return foldable ? 'part' : null;
}

function head(table: Table): Html {
  const usual = usualCounts(table);
  const groups = groupsOf(table);
  const foldable = canFold(table);
  const labels = (rows: number) =>
    table.labels.map(
      (label, index) =>
        html`<th scope="col"${rows > 1 && html` rowspan="${rows}"`} class="label${index === 0 && ' first'}">${label}</th>`,
    );
  const headings = table.columns.map(({ group, heading, average, prose }, index) => {
    const n = usual[index] ?? null;
    return html`<th scope="col"${classes(foldPart(average, foldable), prose && 'prose', opensGroup(table, index) && 'opens')}>${foldable && average && group !== null && html`<span class="of">${name(group)}</span>`}<span class="heading">${name(heading)}</span>${
      n !== null && html` <span class="n">n ${n}</span>`
    }</th>`;
  });
  if (groups.length === 0) return html`<thead><tr>${labels(1)}${headings}</tr></thead>`;
  return html`<thead>
<tr>${labels(2)}${groups.map(
    ({ group, span }, index) =>
      html`<th scope="colgroup" colspan="${span}"${classes(group !== null && 'group', index > 0 && 'opens')}>${
        group !== null && html`<span><span>${name(group)}</span></span>`
      }</th>`,
  )}</tr>
<tr>${headings}</tr>
</thead>`;
}

/** Neighbouring columns under one heading; none where no column has one. */
function groupsOf({ columns }: Table): { readonly group: string | null; span: number }[] {
  if (columns.every(({ group }) => group === null)) return [];
  const groups: { readonly group: string | null; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last && last.group === group) last.span += 1;
    else groups.push({ group, span: 1 });
  }
  return groups;
}

function opensGroup({ columns }: Table, index: number): boolean {
  return index > 0 && columns[index]?.group !== columns[index - 1]?.group;
}

/** Rows that share their first label stand together under it. */
function rowGroups({ rows, labels }: Table): TableRow[][] {
  const groups: TableRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (labels.length > 1 && last?.[0]?.labels[0] === row.labels[0]) last?.push(row);
    else groups.push([row]);
  }
  return groups;
}

function groupHeading(
  { labels, columns }: Table,
  rows: readonly TableRow[],
  above: readonly TableRow[] | undefined,
): Html | null {
  const group = rows[0]?.group ?? null;
  if (group === null || group === (above?.at(-1)?.group ?? null)) return null;
  return html`<tbody><tr><th scope="rowgroup" colspan="${labels.length + columns.length}" class="label group">${name(group)}</th></tr></tbody>
`;
}

function body(table: Table, rows: readonly TableRow[]): Html {
  const usual = usualCounts(table);
  const foldable = canFold(table);
  return html`<tbody>${rows.map(
    (row, index) => html`
<tr${choiceAttributes(choicesOf(table, row))}>${rowLabels(row, index)}${row.cells.map(
      (cell, column) =>
        cellMarkup(cell, {
          usual: usual[column] ?? null,
          part: foldPart(table.columns[column]?.average ?? false, foldable),
          opens: opensGroup(table, column),
          prose: Boolean(table.columns[column]?.prose),
        }),
    )}</tr>`,
  )}
</tbody>
`;
}

/** Every row has its heading, also where it shows only in the first: others may be switched away. */
function rowLabels({ labels }: TableRow, index: number): Html[] {
  return labels.map((label, column) => {
    if (label === '') return html`<td class="label"></td>`;
    if (column > 0) return html`<th scope="row" class="label">${name(label)}</th>`;
    return html`<th scope="row" class="label first${index > 0 && ' again'}">${name(label)}</th>`;
  });
}

/** What the switches of the page find a row by. */
function choicesOf({ labels }: Table, row: TableRow): Choices {
  return Object.fromEntries(
    CHOICES.flatMap((choice) => {
      const place = labels.indexOf(choice);
      return place < 0 ? [] : [[choice, row.labels[place] ?? '']];
    }),
  );
}

interface CellPlace {
  readonly usual: number | null;
  readonly part: FoldPart;
  readonly opens: boolean;
  readonly prose: boolean;
}

const MARK_WORDS = {
  best: 'best',
  second: 'second best',
  tied: 'tied with the best',
  apart: 'interval does not hold 0',
} as const;

function cellMarkup(cell: Cell | null, { usual, part, opens, prose }: CellPlace): Html {
  const place = [part, opens && 'opens'];
  if (cell?.kind === 'text')
    return html`<td${classes('text', cell.found === true && 'found', prose && 'prose', ...place)}>${name(cell.text)}</td>`;
  if (cell?.kind === 'comparison')
    return html`<td${classes('comparison', ...place)}>${comparisonMarkup(cell)}</td>`;
  if (!isFigure(cell))
    return html`<td${classes('count', cell?.kind === 'count' && cell.count === 0 && 'zero', ...place)}>${cellValue(cell)}</td>`;
  return figureMarkup(cell, usual, place);
}

function figureMarkup(
  cell: FigureCell,
  usual: number | null,
  place: readonly (string | false | null)[],
): Html {
  const counts = ownCounts(cell, usual);
  const interval = cellInterval(cell);
  const mark = cell.mark;
  return html`<td${classes(mark, cell.sparse && 'sparse', ...place)} title="${titleOf(cell)}"><span class="value">${cellValue(cell)}</span>${
    mark !== null && html`<span class="unseen"> ${MARK_WORDS[mark]}</span>`
  }${interval !== '' && html`<span class="range">${breakable(interval)}</span>`}${
    counts !== null &&
    html`<span class="counts">n ${counts.n}${counts.missing > 0 && html`<span class="lost">, ${counts.missing} missing</span>`}</span>`
  }</td>`;
}

/** May go on two lines after its dash. */
function breakable(interval: string): Html {
  const [low = '', high] = interval.split('–');
  return high === undefined ? html`${interval}` : html`${low}–<wbr>${high}`;
}

function comparisonMarkup(cell: ComparisonCell): Html {
  const { ours, interval, counts, difference, verdict } = comparisonTexts(cell);
  const spread = [interval, counts].filter((part) => part !== '').join(', ');
  return html`<span class="value">${cell.printed}${
    cell.implied !== null &&
    html`<abbr title="${cell.implied.meaning}: ${cell.implied.figure}">†</abbr>`
  } → <b>${ours}</b></span>${spread !== '' && html`<span class="range">${spread}</span>`}${
    difference !== '' && html`<span class="range">${difference}</span>`
  }<span class="verdict-${(cell.verdict ?? 'none').replace(' ', '-')}">${verdict}</span>`;
}

const RANGE_WORDS = {
  rating: '95 % interval',
  difference: '95 % interval',
  bounds: 'worst and best case',
  coefficient: '95 % interval',
  'p-value': '95 % interval',
} as const;

/** Everything a figure stands on; all of it is visible in the table, too. */
function titleOf(cell: FigureCell): string {
  const { n, missing, method } = cell.estimate;
  const macro = notableMacro(cell);
  const interval = cellInterval(cell);
  return [
    cellValue(cell),
    interval === '' ? 'no interval' : `${RANGE_WORDS[cell.kind]} ${interval}`,
    cell.kind === 'coefficient' || cell.kind === 'p-value'
      ? `n ${n}`
      : counted(n, 'rated question'),
    missing === 0 ? 'none missing' : `${counted(missing, 'rating')} missing`,
    ...(macro === null ? [] : [`mean of the category means ${figure(macro)}`]),
    method,
  ].join(' · ');
}

function hasNotes(table: Table): boolean {
  return table.note !== '' || marksUsed(table).length > 0;
}

function notes(table: Table): Html {
  const marks = marksUsed(table);
  return html`<p>${table.note}</p>${
    marks.length > 0 &&
    html`<p class="key">${marks.map(
      ({ mark, meaning }) =>
        html`<span class="${mark}"><span class="value">0.00</span> ${meaning}</span> `,
    )}</p>`
  }`;
}

function classes(...names: readonly (string | false | null | undefined)[]): Html | null {
  const used = names.filter((entry) => typeof entry === 'string');
  return used.length === 0 ? null : html` class="${used.join(' ')}"`;
}
