import type { RunDefinition } from '../../domain/run-definition.ts';
import type { Solution } from '../../domain/solution.ts';
import type { RuleOutcome } from '../../ports/rule-archive.ts';
import type { ItemLabels } from '../../ports/run-archive.ts';
import { scorerPosition } from '../../series/names/raters.ts';
import type { Slice, SliceEstimate } from '../../series/schema.ts';
import { type SeriesNames, seriesNames } from '../../series/scores/scored-series.ts';
import { aboveChance } from '../../stats/means/accuracy.ts';
import { detectableGain } from '../../stats/tests/proportions.ts';
import { createPositions } from './positions.ts';
import type { Accuracy, AccuracyFigure } from './schema.ts';
import { createWrongOptions } from './wrong-options.ts';

export interface AccuracySource {
  readonly definition: RunDefinition;
  readonly items: Iterable<ItemLabels>;
  /** By ItemLabels position. */
  readonly solutions: ReadonlyMap<number, Solution>;
  /** In the order of model, style, scorer and item. */
  readonly outcomes: Iterable<RuleOutcome>;
  /** The summary's, of which those of scale `accuracy` count. */
  readonly estimates: readonly SliceEstimate[];
}

/** One series' answers of one culture and category. */
interface Cell {
  readonly culture: string;
  readonly category: string;
  readonly scope: string | null;
  planned: number;
  right: number;
  wrong: number;
  unread: number;
  missing: number;
  /** Sum of the scores of read answers. */
  score: number;
  /** Planned answers to questions with options, and the sum of 1 / options over them. */
  offered: number;
  chance: number;
}

interface SeriesTally {
  readonly names: SeriesNames;
  readonly cells: Map<string, Cell>;
  readonly unread: Map<string, number>;
  readonly measures: Map<string, { sum: number; n: number }>;
  /** By question: answers, and right ones. */
  readonly orders: Map<number, { answers: number; right: number }>;
}

/** Adds up how rules scored a run; null where none did. */
export function describeAccuracy(source: AccuracySource): Accuracy | null {
  const { definition, solutions } = source;
  if (definition.scorers.length === 0) return null;
  const labels = new Map([...source.items].map((item) => [item.position, item]));
  const tallies = new Map<string, SeriesTally>();
  const positions = createPositions();
  const wrong = createWrongOptions();
  for (const outcome of source.outcomes) {
    const item = labels.get(outcome.item);
    const solution = solutions.get(outcome.item);
    if (!item || !solution)
      throw new Error(`an answer refers to item ${outcome.item}, which has no solution`);
    const tally = tallyOf(tallies, definition, outcome);
    addOutcome(tally, outcome, { item, solution });
    positions.add(tally.names, outcome, solution);
    wrong.add(tally.names, outcome, { item, solution });
  }
  const all = [...tallies.values()];
  return {
    scorers: definition.scorers.map(({ name, task, scoring, measure }) => ({
      judge: name,
      ...{ task, scoring, measure },
    })),
    figures: source.estimates
      .filter(({ scale }) => scale === 'accuracy')
      .flatMap((entry) => figureOf(entry, all)),
    unread: all.flatMap(({ names, unread }) =>
      [...unread]
        .sort(([, a], [, b]) => b - a)
        .map(([cause, count]) => ({ ...names, cause, count })),
    ),
    wrongOptions: wrong.listed(),
    positions: positions.listed(),
    allOrders: all.flatMap(ordersOf),
    measures: all.flatMap(({ names, measures }) =>
      [...measures].map(([measure, { sum, n }]) => ({ ...names, measure, mean: sum / n, n })),
    ),
  };
}

function tallyOf(
  tallies: Map<string, SeriesTally>,
  definition: RunDefinition,
  { model, style, scorer }: RuleOutcome,
): SeriesTally {
  const key = `${model}/${style}/${scorer}`;
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const judge = scorerPosition(definition, scorer);
  const tally = {
    names: seriesNames({ model, style, judge }, definition),
    cells: new Map(),
    unread: new Map(),
    measures: new Map(),
    orders: new Map(),
  };
  tallies.set(key, tally);
  return tally;
}

interface Solved {
  readonly item: ItemLabels;
  readonly solution: Solution;
}

function addOutcome(tally: SeriesTally, outcome: RuleOutcome, { item, solution }: Solved): void {
  const { culture, category, scope } = item;
  const key = JSON.stringify([culture, category, scope]);
  const cell = tally.cells.get(key) ?? {
    ...{ culture, category, scope },
    ...{ planned: 0, right: 0, wrong: 0, unread: 0, missing: 0, score: 0, offered: 0, chance: 0 },
  };
  tally.cells.set(key, cell);
  const { status, score, cause } = outcome;
  cell.planned += 1;
  cell[status === 'pending' ? 'missing' : status] += 1;
  // What is unread or missing has no score, and is in no mean.
  if (score !== null) cell.score += score;
  if (solution.scoring === 'choice') {
    cell.offered += 1;
    cell.chance += 1 / solution.options.length;
  }
  if (cause !== null) tally.unread.set(cause, (tally.unread.get(cause) ?? 0) + 1);
  for (const [measure, value] of Object.entries(measuresOf(outcome))) {
    const known = tally.measures.get(measure) ?? { sum: 0, n: 0 };
    tally.measures.set(measure, { sum: known.sum + value, n: known.n + 1 });
  }
  const order = tally.orders.get(outcome.item) ?? { answers: 0, right: 0 };
  tally.orders.set(outcome.item, {
    answers: order.answers + 1,
    right: order.right + (status === 'right' ? 1 : 0),
  });
}

function measuresOf({ measures }: RuleOutcome): Readonly<Record<string, number>> {
  if (measures === null) return {};
  const parsed: unknown = JSON.parse(measures);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(
    Object.entries(parsed).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

function figureOf(entry: SliceEstimate, tallies: readonly SeriesTally[]): AccuracyFigure[] {
  const { model, variant, style, judge, by, estimate } = entry;
  const tally = tallies.find(
    ({ names }) =>
      names.model === model &&
      names.variant === variant &&
      names.style === style &&
      names.judge === judge,
  );
  if (!tally) return [];
  const cells = [...tally.cells.values()].filter((cell) => isWithin(cell, by));
  const sum = (
    what: 'planned' | 'right' | 'wrong' | 'unread' | 'missing' | 'score' | 'offered' | 'chance',
  ) => cells.reduce((total, cell) => total + cell[what], 0);
  const chance = sum('offered') === 0 ? null : sum('chance') / sum('offered');
  const open = sum('unread') + sum('missing');
  const { high } = estimate;
  return [
    {
      ...{ model, variant, style, judge, by },
      ...{ planned: sum('planned'), right: sum('right'), wrong: sum('wrong') },
      ...{ unread: sum('unread'), missing: sum('missing'), chance },
      corrected: correctedFor(chance, estimate),
      bounds:
        open === 0
          ? null
          : { low: sum('score') / sum('planned'), high: (sum('score') + open) / sum('planned') },
      detects: detectsOf(estimate),
      belowChance: chance !== null && high !== null && high < chance,
    },
  ];
}

/** Of two models on as many questions each, not paired. */
function detectsOf({ value, n }: SliceEstimate['estimate']): number | null {
  return value === null ? null : detectableGain({ successes: value * n, n });
}

function isWithin(cell: Cell, { culture, category, scope }: Slice): boolean {
  return (
    (culture ?? cell.culture) === cell.culture &&
    (category ?? cell.category) === cell.category &&
    (scope ?? cell.scope) === cell.scope
  );
}

/** What is left of an accuracy when guessing is taken off: 0 at chance, 1 where all is right. */
function correctedFor(
  chance: number | null,
  { value, low, high }: SliceEstimate['estimate'],
): AccuracyFigure['corrected'] {
  if (chance === null || value === null) return null;
  const above = (one: number) => aboveChance(one, chance);
  return {
    value: above(value),
    low: low === null ? null : above(low),
    high: high === null ? null : above(high),
  };
}

/** Only of series that asked every question several times. */
function ordersOf({ names, orders }: SeriesTally) {
  const questions = [...orders.values()];
  if (questions.length === 0 || questions.some(({ answers }) => answers < 2)) return [];
  return [
    {
      ...names,
      questions: questions.length,
      rightInAll: questions.filter(({ answers, right }) => right === answers).length,
      rightInSome: questions.filter(({ right }) => right > 0).length,
    },
  ];
}
