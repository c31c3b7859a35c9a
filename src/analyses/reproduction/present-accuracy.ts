import { counted } from '../../domain/counted.ts';
import {
  type Document,
  heading,
  notes,
  simulatedNotice,
  tableBlock,
} from '../../render/document.ts';
import type { Cell, Table } from '../../render/table.ts';
import type { Accuracy } from '../../stats/means/accuracy.ts';
import type { PaperDifference } from './paper-differences.ts';
import type { AccuracyCell, AccuracyReproduction } from './reproduce-accuracy.ts';

/** Percentages of the paper beside ours, what its differences amount to, and what it does not state. */
export function presentAccuracyReproduction(found: AccuracyReproduction): Document {
  const { table, source, simulated, others, cells, differences } = found;
  return {
    title: `${table.label} of CARE: ${table.title}`,
    lead: sentences(found),
    blocks: [
      ...simulatedNotice(simulated),
      ...(cells.length === 0 ? [] : [tableBlock(comparisonTable(found))]),
      ...(others.length === 0 ? [] : [tableBlock(ownTable(found))]),
      ...(differences.length === 0
        ? []
        : [heading('What the paper’s differences amount to'), tableBlock(differenceTable(found))]),
      heading('What the paper does not state'),
      tableBlock(settingTable(found)),
      heading('How to read it'),
      notes(explanations(found)),
    ],
    source: `Figures of the paper: ${source.title}, ${source.venue}, arXiv ${source.arxiv}.`,
  };
}

function sentences({ cells, counts, differences, runs, table }: AccuracyReproduction): string[] {
  const compared = cells.length - counts['not compared'];
  const resolved = (state: PaperDifference['resolved']) =>
    differences.filter((difference) => difference.resolved === state).length;
  return [
    ...(cells.length === 0
      ? [`${table.label} is drawn without figures: ours alone.`]
      : [
          runs.length === 0 || compared === 0
            ? `Of ${counted(cells.length, 'printed figure')} none has a counterpart of ours.`
            : `${compared} of ${counted(cells.length, 'figure')} compared: ${counts.consistent} consistent, ${counts.differs} differ, ${counts['cannot tell']} inconclusive.`,
        ]),
    ...(differences.length === 0
      ? []
      : [
          `Of the paper’s ${counted(differences.length, 'difference')} ${resolved('yes')} ${resolved('yes') === 1 ? 'is' : 'are'} resolved at ${resolved('yes') === 1 ? 'its' : 'their'} n, ${resolved('if paired')} could be by pairing on questions, ${resolved('no')} not even then.`,
        ]),
  ];
}

const text = (value: string): Cell => ({ kind: 'text', text: value });
const column = (heading: string) => ({ group: null, heading, average: false });
const number = (value: number, decimals = 1) => value.toFixed(decimals).replace('-', '−');
const signed = (value: number) => `${value > 0 ? '+' : ''}${number(value)}`;

function comparisonTable({ table, cells }: AccuracyReproduction): Table {
  const rows = [...new Set(cells.map(({ benchmark, language }) => `${benchmark}\n${language}`))];
  return {
    ...{ name: `${table.id}-compared`, title: 'The paper’s percentages and ours', note: '' },
    labels: ['Benchmark', 'Language'],
    columns: table.approaches.map(column),
    rows: rows.map((row) => {
      const [benchmark = '', language = ''] = row.split('\n');
      const own = cells.filter(
        (cell) => cell.benchmark === benchmark && cell.language === language,
      );
      return { labels: [benchmark, language], cells: own.map((cell) => text(cellText(cell))) };
    }),
  };
}

function cellText({ paper, ours, difference, verdict }: AccuracyCell): string {
  if (ours === null || difference === null) return `${number(paper)}; ours –`;
  return `${number(paper)}; ours ${percent(ours)}, ${signed(difference.value)}: ${verdict}`;
}

const percent = ({ value, interval }: Accuracy) =>
  `${number(100 * value)} [${number(100 * interval.low)}, ${number(100 * interval.high)}]`;

function ownTable({ table, others }: AccuracyReproduction): Table {
  return {
    ...{ name: `${table.id}-ours`, title: 'Ours, without a printed counterpart', note: '' },
    labels: ['Series', 'Culture'],
    columns: ['Right, %', 'n', 'Not read or missing'].map(column),
    rows: others.map(({ label, culture, accuracy, missing }) => ({
      labels: [label, culture],
      cells: [
        text(accuracy === null ? '–' : percent(accuracy)),
        { kind: 'count', count: accuracy?.n ?? 0 },
        { kind: 'count', count: missing },
      ],
    })),
  };
}

function differenceTable({ table, differences }: AccuracyReproduction): Table {
  return {
    ...{ name: `${table.id}-differences`, title: '', note: '' },
    labels: ['Benchmark', 'Language', 'Against vanilla'],
    columns: ['Points', '95 % interval', 'n', 'Detectable', 'Resolved'].map(column),
    rows: differences.map((difference) => ({
      labels: [difference.benchmark, difference.language, difference.approach],
      cells: [
        text(signed(difference.value)),
        text(`${number(difference.low)} to ${number(difference.high)}`),
        { kind: 'count', count: difference.n },
        text(difference.detects === null ? '–' : number(difference.detects)),
        text(resolvedText(difference)),
      ],
    })),
  };
}

function resolvedText({ resolved, discordantMost }: PaperDifference): string {
  if (resolved !== 'if paired') return resolved;
  return `paired < ${number(100 * discordantMost)} %`;
}

function settingTable({ table, settings }: AccuracyReproduction): Table {
  const prose = (heading: string) => ({ ...column(heading), prose: true as const });
  return {
    ...{ name: `settings-${table.id}`, title: '', note: '' },
    labels: ['Setting'],
    columns: [prose('Note'), prose('Ours')],
    rows: settings.map(({ setting, note, ours }) => ({
      labels: [setting],
      cells: [text(note ?? 'not said'), text(ours ?? '–')],
    })),
  };
}

function explanations({ margin, cells, differences }: AccuracyReproduction): string[] {
  return [
    ...(cells.length === 0
      ? []
      : [
          `consistent: shown to be within ${margin} points (two one-sided 5 % tests). differs: shown to differ (5 %, Holm over all cells). cannot tell: neither, or more than 10 % unread or missing.`,
          'The paper prints no number of questions: n is that of the public sets. Both sides count as having drawn questions of their own, which errs towards `cannot tell`.',
        ]),
    ...(differences.length === 0
      ? []
      : [
          'Intervals of differences are Newcombe’s for independent samples, widened by rounding, each for itself. Detectable: the smallest gain that such samples show with 80 % power.',
          'Models that answered the same questions can be compared question by question: “paired < 1.2 %” says that McNemar’s test shows the difference if under 1.2 % of the questions are right for just one of the two. The paper prints no such counts.',
        ]),
  ];
}
