import { align, visibleWidth } from '../../../render/text/align.ts';
import { wrapWords } from '../../../render/text/wrap.ts';
import type { Reproduction, SettingCheck } from '../schema.ts';
import {
  type CellTexts,
  type CultureGrid,
  cultureGrids,
  reproductionNotes,
  reproductionSentences,
  reproductionTitle,
  STATE_WORDS,
  sortedSettings,
  VERDICT_SIGNS,
} from './layout.ts';

/** For a terminal: settings, then a grid for each culture with `paper → ours` and the verdict's sign. */
export function renderReproductionText(reproduction: Reproduction, width: number): string {
  const { simulated } = reproduction;
  const paragraphs = (texts: readonly string[]) => texts.flatMap((text) => wrapWords(text, width));
  return [
    reproductionTitle(reproduction),
    '',
    ...(simulated === null ? [] : [...paragraphs([`SIMULATED. ${simulated}`]), '']),
    'Settings',
    ...sortedSettings(reproduction).flatMap((check) => settingLines(check, width)),
    '',
    ...paragraphs(reproductionSentences(reproduction)),
    ...cultureGrids(reproduction).flatMap((grid) => ['', ...gridLines(grid)]),
    '',
    ...paragraphs(reproductionNotes(reproduction)),
  ].join('\n');
}

function settingLines(
  { setting, state, paper, ours, note }: SettingCheck,
  width: number,
): string[] {
  const [first = '', ...more] = wrapWords(
    `${STATE_WORDS[state]}: ${setting}. Paper: ${paper}. Ours: ${ours}.${note === null ? '' : ` ${note}`}`,
    width - 4,
  );
  return [`  ${first}`, ...more.map((line) => `    ${line}`)];
}

function gridLines({ title, headings, rows }: CultureGrid): string[] {
  const lines = [
    [title, ...headings],
    ...rows.map(({ label, cells }) => [label, ...cells.map(cellText)]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => visibleWidth(line[column] ?? ''))),
  );
  return lines.map((line) =>
    line
      .map((text, column) => align(text, widths[column] ?? 0, column === 0 ? 'left' : 'right'))
      .join('  ')
      .trimEnd(),
  );
}

function cellText({ paper, unfollowed, ours, verdict }: CellTexts): string {
  const dagger = unfollowed === '' ? '' : '†';
  if (ours === '') return paper;
  if (paper === '') return ours;
  return `${paper}${dagger} → ${ours} ${verdict === null ? ' ' : VERDICT_SIGNS[verdict]}`;
}
