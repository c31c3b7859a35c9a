import { type Block, callout, type Document, tableBlock, text } from '../../render/document.ts';
import { twoDecimals } from '../../render/number-text.ts';
import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import { SHIFT_HEADINGS, shiftTexts } from '../../series/contrasts/shift-texts.ts';
import type { Drift } from './drift.ts';
import { driftSentences } from './sentences.ts';

/** Whether the judges still rate their anchors as they did; no blocks for runs without anchors or changes. */
export function presentDrift(drifts: readonly Drift[]): Document {
  return { title: 'Whether the judge drifted', blocks: drifts.flatMap(driftBlocks) };
}

function driftBlocks(drift: Drift, index: number): Block[] {
  const sentences = driftSentences(drift);
  if (sentences.length === 0) return [];
  return [
    ...sentences.map((sentence) =>
      sentence.doubt ? callout('Careful', sentence.text) : text(sentence.text),
    ),
    ...(drift.rows.length === 0 ? [] : [tableBlock(anchorsTable(drift, index))]),
  ];
}

function anchorsTable({ run, judge, rows, level, minimalShift }: Drift, index: number): Table {
  return textTable({
    name: `drift-${index}`,
    title: `Anchors judged again by ${judge.name} in ${run}`,
    note: `Rating now minus frozen rating of the same answers, paired; t intervals clustered by question. The alarm is a shift above ${twoDecimals(minimalShift)} at an adjusted p (Holm over the rows) of ${level} or less. Detects: the shift that would show four times in five, for a row by itself at 5 %.`,
    labels: 1,
    headings: ['Culture', ...SHIFT_HEADINGS],
    groups: [
      {
        name: null,
        rows: rows.map(shiftTexts),
      },
    ],
  });
}
