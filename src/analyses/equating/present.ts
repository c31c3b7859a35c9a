import type { Grid } from '../../render/grid.ts';
import { escapeText } from '../../render/markdown.ts';
import { renderGrid as markdownGrid } from '../../render/markdown-grid.ts';
import { rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import { renderGrid as textGrid } from '../../render/text/grid.ts';
import { type Bridge, type BridgedCulture, modelSpread } from './equating.ts';

/** A bridge for a terminal. */
export function renderBridgeText(bridge: Bridge): string {
  return [
    title(bridge),
    '',
    textGrid(gridOf(bridge)),
    '',
    ...notesOf(bridge).map((note) => `- ${note}`),
  ].join('\n');
}

/** The same as Markdown. */
export function renderBridgeMarkdown(bridge: Bridge): string {
  return [
    `## ${escapeText(title(bridge))}`,
    '',
    markdownGrid(gridOf(bridge)),
    '',
    ...notesOf(bridge).map((note) => `- ${escapeText(note)}`),
    '',
  ].join('\n');
}

function title({ old, new: newer }: Bridge): string {
  return `Bridge from ${newer.name} (${newer.run}) to ${old.name} (${old.run})`;
}

function gridOf({ cultures }: Bridge): Grid {
  return {
    figuresFrom: 1,
    headings: [
      'Culture',
      'New − old',
      '95 % interval',
      'Slope',
      'Slope 95 %',
      'Old rating for new 4, 6, 8',
      'Residual SD',
      'Answers',
      'Questions',
    ],
    groups: [{ name: null, rows: cultures.map(rowOf) }],
  };
}

function rowOf(line: BridgedCulture): string[] {
  const { culture, shift, slope, slopeLow, slopeHigh, residualSd, answers, questions } = line;
  const at = (rating: number) => twoDecimals(line.intercept + slope * rating);
  return [
    culture,
    shift.value === null ? '–' : signed(shift.value),
    rangeText(shift),
    twoDecimals(slope),
    `${twoDecimals(slopeLow)} to ${twoDecimals(slopeHigh)}`,
    `${at(4)}, ${at(6)}, ${at(8)}`,
    twoDecimals(residualSd),
    String(answers),
    String(questions),
  ];
}

function notesOf(bridge: Bridge): string[] {
  const { method, refused, cultures, limits, models } = bridge;
  const spread = modelSpread(bridge);
  return [
    `Method: ${method}. old ≈ intercept + slope · new.`,
    ...(spread === null
      ? []
      : [
          `Models differ from the line by a standard deviation of ${twoDecimals(spread)} (${models.map(({ model, residual }) => `${model} ${signed(residual)}`).join(', ')}); a model that is not among them may differ as much, and no interval holds that.`,
        ]),
    ...refused.map(
      ({ culture, answers }) =>
        `${culture} has no bridge: ${answers} answers with both ratings, or no spread in them; 20 are needed.`,
    ),
    ...cultures
      .filter(({ from, to }) => to - from < 5)
      .map(
        ({ culture, from, to }) =>
          `${culture} was bridged from ratings between ${from} and ${to} only.`,
      ),
    ...limits,
  ];
}
