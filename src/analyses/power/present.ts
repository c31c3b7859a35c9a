import { counted } from '../../domain/counted.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { type Block, type Document, notes, tableBlock, text } from '../../render/document.ts';
import { ABSENT, twoDecimals } from '../../render/number-text.ts';
import { textTable } from '../../render/text-table.ts';
import { sliceName } from '../../series/names/series.ts';
import type { Costs } from '../../stats/variance/allocation.ts';
import type { JurySummary } from '../jury/schema.ts';
import { spendingSentence } from '../jury/sentences.ts';
import type { NextSpending, PlanRow } from './design.ts';
import type { Noise } from './pilot-noise.ts';

export interface PlanAtHand {
  readonly questions: number;
  readonly answers: number;
  readonly judgings: number;
  readonly noise: Noise;
  /** Where the SDs are from, in words. */
  readonly source: string;
  readonly difference: number;
  /** Questions of a row that find the difference with 80 % power; the same for every row. */
  readonly neededQuestions: number | null;
  readonly rows: readonly PlanRow[];
  readonly costs: Costs;
  readonly costSource: string;
  /** null where reruns were not measured. */
  readonly next: NextSpending | null;
  readonly juries?: readonly JurySummary[];
}

const LEGEND =
  'Mean ±: half a 95 % interval of one model. Detects: paired difference of two models found with 80 % power (two-sided 5 %, a row by itself; – under six questions, which no test can tell apart). Margin: non-inferiority margin that an unchanged model passes with 80 % power (one-sided 5 %).';

/** What a design can show, row by row, and where more of it would help most. */
export function presentPower(plan: PlanAtHand): Document {
  const { questions, answers, judgings, noise, source, difference, neededQuestions, rows } = plan;
  return {
    title: `${counted(questions, 'question')}, ${counted(answers, 'answer')} per question, ${counted(judgings, 'judging')} per answer`,
    blocks: [
      text(`${source}: ${twoDecimals(noise.sd)} and ${twoDecimals(noise.sdDifference)}.`),
      tableBlock(
        textTable({
          name: 'power',
          labels: 1,
          headings: ['Questions', 'n', 'Mean ±', 'Detects', 'Margin'],
          groups: [
            { name: null, rows: linesOf(rows, 'total') },
            { name: 'Cultures and categories', rows: linesOf(rows, 'slices') },
            { name: 'Culture × category', rows: linesOf(rows, 'cells') },
          ],
        }),
      ),
      text(
        LEGEND,
        ...(neededQuestions === null
          ? []
          : [`A row detects ${difference} with ${counted(neededQuestions, 'question')}.`]),
      ),
      text(...spendingLines(plan)),
      ...juryBlocks(plan),
    ],
  };
}

function linesOf(rows: readonly PlanRow[], family: PlanRow['family']): string[][] {
  return rows
    .filter((row) => row.family === family)
    .map(({ by, questions, halfWidth, detectable, margin }) => [
      sliceName(by),
      String(questions),
      halfWidth === null ? ABSENT : twoDecimals(halfWidth),
      detectable === null ? ABSENT : twoDecimals(detectable),
      margin === null ? ABSENT : twoDecimals(margin),
    ]);
}

/** A line per panel: whether more judges would help it. */
function juryBlocks({ juries = [] }: PlanAtHand): Block[] {
  const lines = juries.flatMap(({ panels }) =>
    panels.map((panel) => {
      const model = modelLabel({ name: panel.model, variant: panel.variant });
      return `${panel.judge}, ${model}, ${panel.style}: ${spendingSentence(panel)}`;
    }),
  );
  return lines.length === 0
    ? []
    : [text('Juries of the pilot; what doubling takes off the variance of a mean:'), notes(lines)];
}

function spendingLines({ noise: { variances }, next, costs, costSource }: PlanAtHand): string[] {
  if (variances === null || next === null) {
    return [
      'Whether answers or judgings are worth more cannot be said: reruns were not measured. Run a pilot with `trials: { responses: 2, judgments: 2 }` on a fifth of the questions (`select: { perCell: 6 }`), then pass it as --run.',
    ];
  }
  const { question, answer, judging } = variances;
  return [
    `Variance of questions ${twoDecimals(question)}, of answers ${twoDecimals(answer)}, of judgings ${twoDecimals(judging)}.`,
    `Costs ${costSource}: question ${costs.question}, answer ${costs.answer}, judging ${costs.judging}.`,
    `The next unit of cost lowers the variance of a mean most when spent on more ${next.best} (questions 1, answers ${twoDecimals(next.answers)}, judgings ${twoDecimals(next.judgings)}); with the questions given, on more ${next.bestWithin}.`,
    `Cheapest split: ${optimum(next.optimalAnswers)} answers a question, ${optimum(next.optimalJudgings)} judgings an answer.`,
  ];
}

const optimum = (value: number | null) =>
  value === null ? 'no finite number of' : value.toFixed(1);
