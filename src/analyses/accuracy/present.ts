import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import { labelColumns } from '../../series/names/series.ts';
import type { Accuracy } from './schema.ts';

const LABELS = ['Model', 'Variant', 'Prompting', 'Task'] as const;

const CAUSES: Readonly<Record<string, string>> = {
  empty: 'nothing to read',
  several: 'names two options',
  'not-offered': 'names a label that was not offered',
  none: 'says that no option is right',
  refused: 'refuses, or says that it does not know',
  'label-or-text': 'label of one option with the text of another',
  'no-answer': 'names no option',
  'little-mass': 'too little probability on the offered labels',
};

/** Why answers are unread; null where all could be read. */
export function unreadTable({ unread }: Accuracy): Table | null {
  if (unread.length === 0) return null;
  const labels = labelColumns(unread, LABELS);
  return textTable({
    name: 'unread-answers',
    title: 'Unread answers by reason',
    note: 'Nothing is guessed: an unread answer counts neither as right nor as wrong.',
    headings: [...labels.labels, 'Reason', 'Answers'],
    labels: labels.labels.length + 1,
    groups: [
      {
        name: null,
        rows: unread.map((row) => [
          ...labels.of(row),
          CAUSES[row.cause] ?? row.cause,
          String(row.count),
        ]),
      },
    ],
  });
}

/** The wrong options that models take most often; null where none was taken twice. */
export function wrongOptionTable({ wrongOptions }: Accuracy): Table | null {
  if (wrongOptions.length === 0) return null;
  return textTable({
    name: 'wrong-options',
    title: 'Most frequent wrong options',
    note: 'Over all models and prompts. Where most models agree on a wrong option, look at the question: its gold may be wrong.',
    headings: ['Question', 'Culture', 'Subject', 'Chosen', 'Right', 'Times'],
    labels: 3,
    prose: true,
    groups: [
      {
        name: null,
        rows: wrongOptions.map(({ id, culture, category, chosen, gold, count, of }) => [
          ...[id, culture, category, chosen, gold],
          `${count} of ${of}`,
        ]),
      },
    ],
  });
}

/** How the place of an option moves choices; null for runs without options. */
export function positionTable({ positions }: Accuracy): Table | null {
  if (positions.length === 0) return null;
  const labels = labelColumns(positions, LABELS);
  return textTable({
    name: 'position-bias',
    title: 'Position bias',
    note: 'Recall: how often the right option is chosen where it stands at that place. RStd: the standard deviation of recall over places, in points; by chance: what it is about without any bias. Right options: how they were spread over places, in shown order. Accuracies over one order can hide or feign skill; `options: { order: cyclic }` shows every order.',
    headings: [
      ...labels.labels,
      'Options',
      'Recall by place',
      'Right options',
      'Chosen',
      'RStd',
      'By chance',
    ],
    labels: labels.labels.length + 1,
    groups: [
      {
        name: null,
        rows: positions.map((row) => [
          ...labels.of(row),
          String(row.options),
          row.places.map(({ recall }) => (recall === null ? '–' : percent(recall))).join(' / '),
          row.places.map(({ golds }) => golds).join(' / '),
          row.places.map(({ chosen }) => (chosen === null ? '–' : percent(chosen))).join(' / '),
          row.rstd === null ? '–' : percent(row.rstd),
          row.expectedRstd === null ? '–' : percent(row.expectedRstd),
        ]),
      },
    ],
  });
}

/** Right in all orders of the options; null where none was asked in several. */
export function allOrdersTable({ allOrders }: Accuracy): Table | null {
  if (allOrders.length === 0) return null;
  const labels = labelColumns(allOrders, LABELS);
  return textTable({
    name: 'all-orders',
    title: 'Right whenever asked',
    note: 'Questions that were answered several times, in other orders of their options or in repeated trials.',
    headings: [...labels.labels, 'Questions', 'Right every time', 'Right at least once'],
    labels: labels.labels.length,
    groups: [
      {
        name: null,
        rows: allOrders.map((row) => [
          ...labels.of(row),
          ...[row.questions, row.rightInAll, row.rightInSome].map(String),
        ]),
      },
    ],
  });
}

const MEASURES: Readonly<Record<string, string>> = {
  characters: 'Characters per reply',
  echo: 'Replies that repeat the question',
  mass: 'Probability on the offered labels',
};

/** Means of what scorers keep beside the score; null where they keep nothing. */
export function measureTable({ measures }: Accuracy): Table | null {
  if (measures.length === 0) return null;
  const labels = labelColumns(measures, LABELS);
  return textTable({
    name: 'accuracy-measures',
    title: 'Beside the right answers',
    headings: [...labels.labels, 'Measure', 'Mean', 'n'],
    labels: labels.labels.length + 1,
    groups: [
      {
        name: null,
        rows: measures.map((row) => [
          ...labels.of(row),
          MEASURES[row.measure] ?? row.measure,
          row.mean.toFixed(2),
          String(row.n),
        ]),
      },
    ],
  });
}

/** What a reader must know before trusting a figure. */
export function accuracyWarnings({ figures }: Accuracy): string[] {
  return figures
    .filter(({ belowChance, by }) => belowChance && by.category === undefined)
    .map(({ model, variant, judge, by, chance }) => {
      const who = variant === null ? model : `${model} (${variant})`;
      const where = by.culture === undefined ? '' : ` on ${by.culture}`;
      return `${who}, ${judge}${where}: the upper end of the interval lies under chance (${percent(chance ?? 0)} %). No model knows less than a coin: is \`gold\` right (index0 or index1)?`;
    });
}

const percent = (share: number) => (100 * share).toFixed(1);
