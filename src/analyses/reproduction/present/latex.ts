import { escapeLatex } from '../../../render/latex.ts';
import type { Reproduction } from '../schema.ts';
import {
  type CellTexts,
  type CultureGrid,
  cultureGrids,
  reproductionNotes,
  reproductionTitle,
} from './layout.ts';

const PREAMBLE = `% In the preamble: \\usepackage{booktabs,graphicx,amssymb}
% In each cell: the paper's figure, ours with the verdict's sign, and the difference with its interval.
\\providecommand{\\reproduced}[4]{\\begin{tabular}[t]{@{}r@{}}#1\\\\#2$^{#4}$\\\\[-2pt]{\\tiny #3}\\end{tabular}}`;

const SIGNS = { consistent: '=', differs: '\\neq', 'cannot tell': '?' } as const;

/** A LaTeX table for each culture. */
export function renderReproductionLatex(reproduction: Reproduction): string {
  const { simulated } = reproduction;
  const notes = reproductionNotes(reproduction);
  return [
    PREAMBLE,
    ...cultureGrids(reproduction).flatMap((grid, index) => {
      const caption = [
        `${reproductionTitle(reproduction)}, ${grid.title}.`,
        ...(simulated === null ? [] : [`SIMULATED. ${simulated}`]),
        ...(index === 0 ? notes : []),
      ].join(' ');
      return tableLines(grid, caption, `tab:${reproduction.table.id}-${grid.title.toLowerCase()}`);
    }),
    '',
  ].join('\n');
}

function tableLines({ headings, rows }: CultureGrid, caption: string, label: string): string[] {
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return [
    '\\begin{table*}[t]',
    '\\centering',
    '\\small',
    '\\resizebox{\\textwidth}{!}{%',
    `\\begin{tabular}{@{}l${'r'.repeat(headings.length)}@{}}`,
    '\\toprule',
    line(['', ...headings.map(escapeLatex)]),
    '\\midrule',
    ...rows.map((row) => line([escapeLatex(row.label), ...row.cells.map(cellCode)])),
    '\\bottomrule',
    '\\end{tabular}}',
    `\\caption{${escapeLatex(caption).replaceAll('≠', '$\\neq$').replaceAll('≤', '$\\leq$').replaceAll('±', '$\\pm$').replaceAll('†', '$\\dagger$').replaceAll('²', '$^2$').replaceAll('σ', '$\\sigma$')}}`,
    `\\label{${label}}`,
    '\\end{table*}',
  ];
}

function cellCode({
  paper,
  unfollowed,
  ours,
  difference,
  differenceInterval,
  verdict,
}: CellTexts): string {
  if (ours === '') return escapeLatex(paper);
  if (paper === '') return escapeLatex(ours);
  const dagger = unfollowed === '' ? '' : '$^\\dagger$';
  const apart = difference === '' ? '' : `${difference} (${differenceInterval})`;
  const sign = verdict === null ? '' : SIGNS[verdict];
  return `\\reproduced{${escapeLatex(paper)}${dagger}}{${escapeLatex(ours)}}{${escapeLatex(apart)}}{${sign}}`;
}
