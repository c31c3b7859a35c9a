import { counted } from '../../domain/counted.ts';
import { type Document, notes, tableBlock } from '../../render/document.ts';
import { rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import { type Bridge, type BridgedCulture, modelSpread } from './equating.ts';

/** What carries one judge's ratings to another's scale, culture by culture. */
export function presentBridge(bridge: Bridge): Document {
  return {
    title: title(bridge),
    blocks: [tableBlock(culturesTable(bridge)), notes(notesOf(bridge))],
  };
}

function title({ old, new: newer }: Bridge): string {
  return `Bridge from ${newer.name} (${newer.run}) to ${old.name} (${old.run})`;
}

function culturesTable({ cultures }: Bridge): Table {
  return textTable({
    name: 'equating',
    labels: 1,
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
  });
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
        `${culture} has no bridge: ${counted(answers, 'answer')} with both ratings, or no spread in them; 20 are needed.`,
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
