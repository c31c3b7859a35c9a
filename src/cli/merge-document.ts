import { basename } from 'node:path';
import type { CallTally } from '../adapters/sqlite/merge/calls.ts';
import type { MergeConflict } from '../adapters/sqlite/merge/conflicts.ts';
import type { MergeResult } from '../adapters/sqlite/merge/merge-stores.ts';
import type { RunState } from '../adapters/sqlite/merge/run-states.ts';
import { counted } from '../domain/counted.ts';
import { type Block, type Document, heading, notes, tableBlock, text } from '../render/document.ts';
import type { Table } from '../render/table.ts';
import { textTable } from '../render/text-table.ts';

/** Conflicts that a terminal shows; `--json` has more. */
const SHOWN = 10;

/** What `merge` did: by source, then what both sides had, then what is still missing. */
export function presentMerge({ store, sources, conflicts, runs }: MergeResult): Document {
  const total = sources.reduce((sum, source) => sum + conflictsOf(source), 0);
  const withdrawn = sources.reduce((sum, { judgments }) => sum + judgments.withdrawn, 0);
  return {
    title: `Merged into ${store}`,
    blocks: [
      tableBlock(sourceTable(sources)),
      ...(total > 0 ? conflictBlocks(conflicts, { total, withdrawn }) : []),
      heading('Runs'),
      text(...runs.map(runSentence)),
    ],
  };
}

type Source = MergeResult['sources'][number];

const conflictsOf = ({ answers, judgments, probes }: Source): number =>
  answers.conflicts + judgments.conflicts + probes.conflicts;

function sourceTable(sources: readonly Source[]): Table {
  const named = new Set(sources.map(({ file }) => basename(file))).size === sources.length;
  const kinds = (['answers', 'judgments', 'probes'] as const).filter(
    (kind) => kind !== 'probes' || sources.some(({ probes }) => probes.taken + probes.present > 0),
  );
  const count = (value: number) => ({ kind: 'count' as const, count: value });
  const parts: readonly (keyof CallTally)[] = ['taken', 'present', 'conflicts'];
  return {
    ...textTable({ name: 'sources', headings: ['Store'], labels: 1, groups: [] }),
    columns: kinds.flatMap((kind) =>
      ['taken', 'already there', 'conflicts'].map((part) => ({
        group: HEADINGS[kind],
        heading: part,
        average: false,
      })),
    ),
    rows: sources.map((source) => ({
      labels: [named ? basename(source.file) : source.file],
      cells: kinds.flatMap((kind) => parts.map((part) => count(source[kind][part]))),
    })),
  };
}

const HEADINGS = { answers: 'Answers', judgments: 'Judgments', probes: 'Anchors, audits' } as const;

function conflictBlocks(
  conflicts: readonly MergeConflict[],
  { total, withdrawn }: { readonly total: number; readonly withdrawn: number },
): Block[] {
  const more = total - SHOWN;
  return [
    heading('Conflicts'),
    text(
      'Two stores made the same call. The better outcome is kept, then the earlier call.',
      ...(withdrawn > 0
        ? [`${counted(withdrawn, 'judgment')} of answers that were not kept are dropped.`]
        : []),
    ),
    notes([
      ...conflicts.slice(0, SHOWN).map(conflictLine),
      ...(more > 0 ? [`and ${more} more (--json lists the first thousand)`] : []),
    ]),
  ];
}

function conflictLine({ kind, file, kept, ...place }: MergeConflict): string {
  const { run, model, style, item, trial, judge } = place;
  const where =
    kind === 'probe'
      ? `anchor or audited answer, judge ${judge}`
      : `${model}, ${style}, ${item}${trial > 0 ? `, trial ${trial + 1}` : ''}${judge === null ? '' : `, judge ${judge}`}`;
  return `${run}: ${kind === 'probe' ? '' : `${kind} of `}${where}: ${kept ? `taken from ${file}` : `kept, not that of ${file}`}`;
}

function runSentence({ run, planned, rated, open, planIncomplete }: RunState): string {
  const ratings = `${run}: ${counted(rated, 'rating')} of ${planned}`;
  if (planIncomplete)
    return `${ratings}; its plan was interrupted: run its config once more with this store.`;
  if (open > 0)
    return `${ratings}; ${counted(open, 'planned call')} missing: merge the other shards, or run its config with this store.`;
  const missing = planned - rated;
  return missing > 0
    ? `${ratings}; every planned call was made, ${counted(missing, 'judgment')} without a rating.`
    : `${ratings}, none missing.`;
}
