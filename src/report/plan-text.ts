import { modelLabel } from '../domain/model-spec.ts';
import type { Costs } from '../stats/allocation.ts';
import type { Noise } from '../summary/pilot-noise.ts';
import type { NextSpending, PlanRow } from '../summary/plan-design.ts';
import type { JurySummary } from '../summary/run-summary.ts';
import { ABSENT, sliceName, twoDecimals } from './comparison-figures.ts';
import { renderGrid } from './comparison-text.ts';
import { spendingSentence } from './jury-sentences.ts';

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

/** A plan for a terminal. */
export function renderPlan(plan: PlanAtHand): string {
  const { questions, answers, judgings, noise, source, difference, neededQuestions, rows } = plan;
  const grid = renderGrid({
    figuresFrom: 1,
    headings: ['Questions', 'n', 'Mean ±', 'Detects', 'Margin'],
    groups: [
      { name: null, rows: linesOf(rows, 'total') },
      { name: 'Cultures and categories', rows: linesOf(rows, 'slices') },
      { name: 'Culture × category', rows: linesOf(rows, 'cells') },
    ],
  });
  return [
    `${questions} questions, ${answers} answer(s) a question, ${judgings} judging(s) an answer.`,
    `${source}: ${twoDecimals(noise.sd)} and ${twoDecimals(noise.sdDifference)}.`,
    '',
    grid,
    '',
    'Mean ±: half a 95 % interval of one model. Detects: paired difference of two models found with 80 % power',
    '(two-sided 5 %, a row by itself; – under six questions, which no test can tell apart). Margin: non-inferiority margin that an unchanged model passes with 80 %',
    'power (one-sided 5 %).',
    ...(neededQuestions === null
      ? []
      : [`A row detects ${difference} with ${neededQuestions} questions.`]),
    '',
    ...spendingLines(plan),
    ...juryLines(plan),
    '',
  ].join('\n');
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

/** One line a panel: whether more judges would help it. */
function juryLines({ juries = [] }: PlanAtHand): string[] {
  const lines = juries.flatMap(({ panels }) =>
    panels.map((panel) => {
      const model = modelLabel({ name: panel.model, variant: panel.variant });
      return `${panel.judge}, ${model}, ${panel.style}: ${spendingSentence(panel)}`;
    }),
  );
  return lines.length === 0
    ? []
    : ['', 'Juries of the pilot; doubling takes off the variance of a mean:', ...lines];
}

function spendingLines({ noise: { variances }, next, costs, costSource }: PlanAtHand): string[] {
  if (variances === null || next === null) {
    return [
      'Whether answers or judgings are worth more cannot be said: reruns were not measured. A pilot with',
      '`trials: { responses: 2, judgments: 2 }` on a fifth of the questions (`select: { perCell: 6 }`) tells;',
      'then pass it as --run.',
    ];
  }
  const { question, answer, judging } = variances;
  return [
    `Variance of questions ${twoDecimals(question)}, of answers ${twoDecimals(answer)}, of judgings ${twoDecimals(judging)}.`,
    `Costs ${costSource}: question ${costs.question}, answer ${costs.answer}, judging ${costs.judging}.`,
    `The next unit of cost lowers the variance of a mean most when spent on more ${next.best}`,
    `(questions 1, answers ${twoDecimals(next.answers)}, judgings ${twoDecimals(next.judgings)}); with the questions given, on more ${next.bestWithin}.`,
    `Cheapest split: ${optimum(next.optimalAnswers)} answers a question, ${optimum(next.optimalJudgings)} judgings an answer.`,
  ];
}

const optimum = (value: number | null) =>
  value === null ? 'no finite number of' : value.toFixed(1);
