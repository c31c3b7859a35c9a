import { escapeText } from '../../../render/markdown.ts';
import type { Reproduction } from '../schema.ts';
import {
  type CellTexts,
  cultureGrids,
  reproductionNotes,
  reproductionSentences,
  reproductionTitle,
  STATE_WORDS,
  sortedSettings,
  VERDICT_SIGNS,
} from './layout.ts';

/** As Markdown: settings that differ first, then a table for each culture. */
export function renderReproductionMarkdown(reproduction: Reproduction): string {
  const { simulated } = reproduction;
  return [
    `# ${escapeText(reproductionTitle(reproduction))}`,
    '',
    ...(simulated === null ? [] : [`**Simulated.** ${escapeText(simulated)}`, '']),
    ...reproductionSentences(reproduction).flatMap((sentence) => [escapeText(sentence), '']),
    '## Settings',
    '',
    ...table(
      ['Setting', '', 'Paper', 'Ours', 'Note'],
      sortedSettings(reproduction).map(({ setting, state, paper, ours, note }) =>
        [setting, STATE_WORDS[state], paper, ours, note ?? ''].map(escapeText),
      ),
    ),
    ...cultureGrids(reproduction).flatMap(({ title, headings, rows: lines }) => [
      `## ${escapeText(title)}`,
      '',
      ...table(
        ['', ...headings.map(escapeText)],
        lines.map(({ label, cells }) => [escapeText(label), ...cells.map(cellMarkup)]),
      ),
    ]),
    ...reproductionNotes(reproduction).flatMap((note) => [escapeText(note), '']),
  ].join('\n');
}

function table(headings: readonly string[], lines: readonly (readonly string[])[]): string[] {
  return [
    `| ${headings.join(' | ')} |`,
    `| ${headings.map(() => ':--').join(' | ')} |`,
    ...lines.map((line) => `| ${line.join(' | ')} |`),
    '',
  ];
}

function cellMarkup(cell: CellTexts): string {
  const { paper, unfollowed, ours, interval, counts, difference, differenceInterval } = cell;
  if (ours === '') return paper;
  const own = [`**${ours}**`, interval === '' ? '' : `(${interval})`, counts]
    .filter(Boolean)
    .join(' ');
  if (paper === '') return own;
  const dagger = unfollowed === '' ? '' : `† (${unfollowed})`;
  return [
    `${paper}${dagger} → ${own}`,
    difference === '' ? '' : `${difference} (${differenceInterval})`,
    verdictText(cell),
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

/** The verdict with its sign, and why there is none. */
export function verdictText({ verdict, reason }: CellTexts): string {
  if (verdict === null) return reason;
  const why = reason === '' ? '' : `, ${reason}`;
  return `${VERDICT_SIGNS[verdict]} ${verdict}${why}`;
}
