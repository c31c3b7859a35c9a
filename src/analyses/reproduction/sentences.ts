import { counted } from '../../domain/counted.ts';
import { VERDICT_SIGNS } from '../../render/cell-text.ts';
import { isAverage } from './paper-figures.ts';
import type { Reproduction } from './schema.ts';

/** What was compared, and what became of it. */
export function reproductionSentences(reproduction: Reproduction): string[] {
  const { rows, runs, judge, counts, others, table } = reproduction;
  const compared = counts.consistent + counts.differs + counts['cannot tell'];
  const made = `${runs.length === 1 ? 'Run' : 'Runs'} ${runs.join(', ')}, judged by ${judge}.`;
  if (rows.length === 0)
    return [`The paper draws ${table.label} and prints no figures: ours stand alone.`, made];
  const absent = rows.filter(({ ours }) => ours.length === 0).map(({ label }) => label);
  return [
    `${compared} of ${counted(compared + counts['not compared'], 'cell')} compared: ${counts.consistent} consistent, ${counts.differs} differ, ${counts['cannot tell']} inconclusive.`,
    made,
    ...(absent.length > 0 ? [`No series of ours for: ${absent.join('; ')}.`] : []),
    ...(others.length > 0
      ? [`No row of the paper for: ${others.map(({ label }) => label).join('; ')}.`]
      : []),
  ];
}

const ONCE =
  'The paper prints means without their spread. Each question was answered once, so chance is bounded by the spread of our ratings between questions, taken to be the paper’s too: SE² = SE² of ours × (1 + n / n of the paper), as if both had drawn questions of their own. Where the questions are shared the true error is smaller, so these verdicts err towards "cannot tell"; answering each question several times (trials.responses) measures it.';
const SEVERAL =
  'The questions are the paper’s and were answered several times, so what answering and judging again changes was measured: SE² = σ² / n of the paper + σ² of our means / n, the paper’s σ² taken to be ours with one answer, judged once. One σ² serves all cells of a model: a category whose answers vary more than most has too small an error.';

/** How verdicts were come to, and what marks mean. */
export function reproductionNotes({ rows, remarks, rule, table }: Reproduction): string[] {
  const cells = rows.flatMap((row) => row.cells);
  const methods = new Set(cells.flatMap(({ difference }) => difference?.method ?? []));
  if (methods.size === 0) return [...remarks];
  const compared = cells.filter(({ difference }) => difference !== null);
  const averages = compared.filter(({ column }) => isAverage(column)).length;
  const { margin, level } = rule;
  return [
    'In each cell: the paper’s figure → ours.',
    `Difference: ours minus the paper’s, with its 95 % interval for that cell alone. ${VERDICT_SIGNS.consistent} consistent: shown to be within ±${margin.average} for an average, ±${margin.cell} for a single cell (90 % interval inside the margin). ${VERDICT_SIGNS.differs} differs: p ≤ ${level} after Holm’s adjustment over ${averages} averages, or over ${compared.length - averages} single cells. ${VERDICT_SIGNS['cannot tell']} cannot tell: neither was shown, or more than 10 % of our ratings are missing.`,
    ...(methods.has('spread of questions') ? [ONCE] : []),
    ...(methods.has('measured reruns') ? [SEVERAL] : []),
    `The paper both rounds and cuts off, so its figures may lie ${(10 ** -table.decimals).toFixed(table.decimals)} from their true values: intervals are that much wider.`,
    ...(cells.some(({ unfollowed }) => unfollowed !== null)
      ? [
          '†: the paper’s own average does not follow from its category figures by more than printing explains; their mean stands behind it. It can follow only if categories had unequal numbers of readable ratings.',
        ]
      : []),
    ...remarks,
  ];
}
