import {
  cellInterval,
  cellValue,
  comparisonTexts,
  marksUsed,
  ownCounts,
  usualCounts,
} from './cell-text.ts';
import { type Cell, type ComparisonCell, isFigure, type Mark, type Table } from './table.ts';

/** Tables with more figure columns than this are scaled to the text's width. */
const SCALED_FROM = 7;
/** From here on intervals would be too small to read, so they are left out unless asked for. */
const WIDE_FROM = 10;

const PREAMBLE = `% In the preamble: \\usepackage{booktabs,graphicx,amssymb}
% Names in Chinese or Japanese need XeLaTeX or LuaLaTeX and a font that has them, for example
% \\usepackage{fontspec} \\setmainfont{Noto Serif CJK SC}; Arabic also needs these four lines:
%   \\usepackage[english,bidi=default]{babel}
%   \\babelprovide[import]{arabic}
%   \\babelfont[arabic]{rm}{Noto Naskh Arabic}
%   \\newcommand{\\rtltext}[1]{\\foreignlanguage{arabic}{#1}}
% To leave the intervals out: \\newcommand{\\withinterval}[2]{#1}
% Tables with many columns leave them out; to show them there: \\newcommand{\\wideinterval}{\\withinterval}
\\providecommand{\\rtltext}[1]{#1}
\\providecommand{\\wideinterval}[2]{#1}
\\providecommand{\\withinterval}[2]{\\begin{tabular}[t]{@{}r@{}}#1\\\\[-2pt]{\\tiny #2}\\end{tabular}}`;

const COMPARED = `% In each cell of a comparison: the printed figure, ours with the verdict's sign, and the difference with its interval.
\\providecommand{\\reproduced}[4]{\\begin{tabular}[t]{@{}r@{}}#1\\\\#2$^{#4}$\\\\[-2pt]{\\tiny #3}\\end{tabular}}`;

const MARK_NAMES: Readonly<Record<Exclude<Mark, null>, string>> = {
  best: '\\textbf{bold}',
  second: '\\underline{underlined}',
  tied: '$^{\\approx}$',
  apart: '$^{\\dagger}$',
};

/**
 * A LaTeX table with booktabs rules and the groups' names over their columns: the best figure bold,
 * the second underlined, those that tie with the best marked.
 */
export function renderLatex(table: Table): string {
  return renderLatexTables([table]);
}

/** Several tables in one file, whose preamble is said once. */
export function renderLatexTables(tables: readonly Table[]): string {
  return [
    PREAMBLE,
    ...(tables.some(hasComparisons) ? [COMPARED] : []),
    ...tables.flatMap(tableLines),
    '',
  ].join('\n');
}

function hasComparisons({ rows }: Table): boolean {
  return rows.some(({ cells }) => cells.some((cell) => cell?.kind === 'comparison'));
}

function tableLines(table: Table): string[] {
  const usual = usualCounts(table);
  const columns = `${'l'.repeat(table.labels.length)}${'r'.repeat(table.columns.length)}`;
  const body = [
    `\\begin{tabular}{@{}${columns}@{}}`,
    '\\toprule',
    ...groupLines(table),
    line([
      ...table.labels.map(escapeLatex),
      ...table.columns.map(({ heading }) => stacked(heading)),
    ]),
    ...countLine(table, usual),
    '\\midrule',
    ...bodyLines(table, usual),
    '\\bottomrule',
    '\\end{tabular}',
  ];
  const scaled = table.columns.length >= SCALED_FROM || hasComparisons(table);
  return [
    '\\begin{table*}[t]',
    '\\centering',
    '\\small',
    ...(scaled ? ['\\resizebox{\\textwidth}{!}{%'] : []),
    ...body.slice(0, -1),
    `${body.at(-1)}${scaled ? '}' : ''}`,
    `\\caption{${escapeLatex(table.title)}. ${[escapeLatex(table.note), ...legend(table)].join(' ')}}`,
    `\\label{tab:${table.name}}`,
    '\\end{table*}',
  ];
}

function line(cells: readonly string[]): string {
  return `${cells.join(' & ')} \\\\`;
}

function groupLines({ labels, columns }: Table): string[] {
  const spans: { readonly group: string | null; readonly from: number; to: number }[] = [];
  for (const [index, { group }] of columns.entries()) {
    const last = spans.at(-1);
    if (last && last.group === group) last.to = index;
    else spans.push({ group, from: index, to: index });
  }
  if (spans.every(({ group }) => group === null)) return [];
  const place = (index: number) => labels.length + index + 1;
  return [
    line([
      ...labels.map(() => ''),
      ...spans.map(
        ({ group, from, to }) => `\\multicolumn{${to - from + 1}}{c}{${escapeLatex(group ?? '')}}`,
      ),
    ]),
    spans
      .filter(({ group }) => group !== null)
      .map(({ from, to }) => `\\cmidrule(lr){${place(from)}-${place(to)}}`)
      .join(' '),
  ];
}

function countLine(table: Table, usual: readonly (number | null)[]): string[] {
  if (usual.every((n) => n === null)) return [];
  const counts = usual.map((n) => (n === null ? '' : `{\\scriptsize $n={}${n}$}`));
  return [line([...table.labels.map(() => ''), ...counts])];
}

/** Rows with a rule between the first label's groups, and no label said twice. */
function bodyLines(table: Table, usual: readonly (number | null)[]): string[] {
  const grouped = table.labels.length > 1;
  const wide = table.columns.length >= WIDE_FROM;
  return table.rows.flatMap((row, index) => {
    const above = table.rows[index - 1];
    const same = grouped && above?.labels[0] === row.labels[0];
    const cells = row.cells.map((cell, column) => cellCode(cell, usual[column] ?? null, wide));
    const labels = row.labels.map((label, place) =>
      place === 0 && same ? '' : escapeLatex(label),
    );
    return [...(grouped && above && !same ? ['\\addlinespace'] : []), line([...labels, ...cells])];
  });
}

function cellCode(cell: Cell | null, usual: number | null, wide: boolean): string {
  if (cell?.kind === 'comparison') return comparisonCode(cell);
  if (!isFigure(cell)) return escapeLatex(cellValue(cell));
  const own = ownCounts(cell, usual);
  const counts =
    own === null ? '' : `$n={}${own.n}$${own.missing > 0 ? ` ($-${own.missing}$)` : ''}`;
  const interval = escapeLatex(cellInterval(cell));
  const value = marked(escapeLatex(cellValue(cell)), cell.mark);
  if (wide) return inBraces('wideinterval', inBraces('withinterval', value, counts), interval);
  return inBraces('withinterval', value, `${interval}${counts === '' ? '' : `, ${counts}`}`);
}

const VERDICT_CODES = { consistent: '=', differs: '\\neq', 'cannot tell': '?' } as const;

function comparisonCode(cell: ComparisonCell): string {
  const { ours, difference } = comparisonTexts(cell);
  const dagger = cell.implied === null ? '' : '$^\\dagger$';
  const sign = cell.verdict === null ? '' : VERDICT_CODES[cell.verdict];
  return `\\reproduced{${escapeLatex(cell.printed)}${dagger}}{${escapeLatex(ours)}}{${escapeLatex(difference)}}{${sign}}`;
}

/** What is not there leaves no macro. */
function inBraces(macro: string, value: string, small: string): string {
  const text = small.replace(/^, /, '');
  return text === '' ? value : `\\${macro}{${value}}{${text}}`;
}

function marked(value: string, mark: Mark): string {
  if (mark === 'best') return `\\textbf{${value}}`;
  if (mark === 'second') return `\\underline{${value}}`;
  return mark === null ? value : `${value}\\rlap{${MARK_NAMES[mark]}}`;
}

function legend(table: Table): string[] {
  const missing = table.rows.some(({ cells }) =>
    cells.some((cell) => isFigure(cell) && cell.estimate.missing > 0),
  );
  return [
    ...marksUsed(table).map(({ mark, meaning }) => `${MARK_NAMES[mark]}: ${escapeLatex(meaning)}.`),
    ...(table.columns.length >= WIDE_FROM ? ['The intervals are in the CSV file.'] : []),
    ...(missing ? ['($-k$): $k$ planned ratings missing.'] : []),
  ];
}

/** A heading of several words one under another, so that its column stays narrow. */
function stacked(heading: string): string {
  const words = heading.split(' ').map(escapeLatex);
  return words.length === 1 ? words.join('') : `\\shortstack[r]{${words.join('\\\\')}}`;
}

const LATEX_SPECIALS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '`': '\\textasciigrave{}',
  '[': '{[}',
  ']': '{]}',
  '–': '--',
  '−': '$-$',
  '×': '$\\times$',
  '≈': '$\\approx$',
  '≠': '$\\neq$',
  '≤': '$\\leq$',
  '±': '$\\pm$',
  '†': '$\\dagger$',
  '²': '$^2$',
  σ: '$\\sigma$',
};

/** Words in Arabic script with what is between them: one run, so that its words are set from the right. */
const RIGHT_TO_LEFT = /\p{Script=Arabic}+(?:[\s،؛؟٪\p{N}]*\p{Script=Arabic}+)*/gu;

/** Text as LaTeX sets it, whatever it holds: names come from configs and data. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[\\{}$&#%_^~<>|"`[\]–−×≈≠≤±†²σ]/g, (special) => LATEX_SPECIALS[special] ?? '')
    .replace(RIGHT_TO_LEFT, (run) => `\\rtltext{${run}}`);
}
