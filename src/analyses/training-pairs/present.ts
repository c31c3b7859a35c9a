import { counted } from '../../domain/counted.ts';
import {
  type Block,
  type Document,
  heading,
  notes,
  simulatedNotice,
  tableBlock,
} from '../../render/document.ts';
import { textTable } from '../../render/text-table.ts';
import type { PairsCard } from './schema.ts';

/** The data card of training rows. */
export function presentPairs(card: PairsCard): Document {
  const { rows, questions, method, trainer, files, simulated, usage, cautions } = card;
  return {
    title: `${counted(rows, method === 'dpo' || method === 'simpo' ? 'pair' : 'row')} of ${counted(questions, 'question')} for ${method} with ${trainer}`,
    blocks: [
      ...simulatedNotice(simulated),
      facts(card),
      heading('Files'),
      tableBlock(
        textTable({
          name: 'files',
          labels: 1,
          headings: ['File', 'Split', 'Rows', 'SHA-256'],
          groups: [
            {
              name: null,
              rows: files.map(({ name, split, rows: own, sha256 }) => [
                name,
                split ?? '–',
                String(own),
                sha256.slice(0, 16),
              ]),
            },
          ],
        }),
      ),
      ...countTables(card),
      heading('Use'),
      notes(usage),
      ...(cautions.length === 0 ? [] : [heading('Before you train'), notes(cautions)]),
    ],
  };
}

function facts(card: PairsCard): Block {
  const { runs, ratings, judge, rule, gap, lengths, labels, references, tied } = card;
  const rows: string[][] = [
    ['Ratings', ratings === 'human' ? 'human' : `judge ${judge}`],
    ['Runs', runs.join(', ') || 'none'],
    ['Rule', `${rule} (${optionTexts(card).join(', ')})`],
    ...(gap === null
      ? []
      : [['Rating gap', `${number(gap.min)} to ${number(gap.max)}, mean ${number(gap.mean)}`]]),
    ...(lengths === null ? [] : [['Length', lengthText(lengths)]]),
    ...(labels === null
      ? []
      : [['Labels', `${labels.desirable} desirable, ${labels.undesirable} undesirable`]]),
    ...(references === 0 ? [] : [['References', `${references} rows hold a human reference`]]),
    ...(tied === 0 ? [] : [['Ties', `${tied} rows were picked among equals`]]),
    ['Questions without a row', withoutText(card)],
    ['Answers left out', leftOutText(card)],
  ];
  return tableBlock(
    textTable({
      name: 'card',
      labels: 1,
      headings: ['What', 'Value'],
      prose: true,
      groups: [{ name: null, rows }],
    }),
  );
}

const number = (value: number) => String(Math.round(100 * value) / 100);
const percent = (share: number) => `${Math.round(100 * share)} %`;

function lengthText({ chosen, rejected, chosenLonger }: NonNullable<PairsCard['lengths']>): string {
  const { value, low, high } = chosenLonger;
  return `chosen ${Math.round(chosen)} characters on average, rejected ${Math.round(rejected)}; chosen is longer in ${percent(value)} (95 % interval ${percent(low)} to ${percent(high)})`;
}

function optionTexts({ options }: PairsCard): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === null || value === false ? [] : [value === true ? name : `${name} ${value}`],
  );
}

function withoutText({ without }: PairsCard): string {
  const { single, none, excluded, filtered } = without;
  return [
    `${single} have too few rated answers`,
    `${none} have none that fit the rule`,
    `${excluded} are in the test set`,
    `${filtered} are of another culture or association`,
  ].join(', ');
}

function leftOutText({ answersExcluded }: PairsCard): string {
  return Object.entries(answersExcluded)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');
}

function countTables({ cultures, models }: PairsCard): Block[] {
  return [
    tableBlock(
      textTable({
        name: 'cultures',
        title: 'Rows by culture',
        labels: 1,
        headings: ['Culture', 'Rows'],
        groups: [
          {
            name: null,
            rows: cultures.map(({ culture, rows }) => [culture ?? '(not given)', String(rows)]),
          },
        ],
      }),
    ),
    tableBlock(
      textTable({
        name: 'models',
        title: 'Whose answers they are',
        labels: 1,
        headings: ['Model', 'Chosen', 'Rejected'],
        groups: [
          {
            name: null,
            rows: models.map(({ model, chosen, rejected }) => [
              model,
              String(chosen),
              String(rejected),
            ]),
          },
        ],
      }),
    ),
  ];
}
