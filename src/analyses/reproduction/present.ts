import { counted } from '../../domain/counted.ts';
import {
  type Block,
  type Document,
  details,
  heading,
  notes,
  simulatedNotice,
  tableBlock,
} from '../../render/document.ts';
import { renderLatexTables } from '../../render/latex.ts';
import type { Cell, Table, TableRow } from '../../render/table.ts';
import { isAverage } from './paper-figures.ts';
import type { Reproducible, RunCoverage } from './reproducible.ts';
import type { ReproducedCell, Reproduction, SettingCheck } from './schema.ts';
import { reproductionNotes, reproductionSentences } from './sentences.ts';

/** A result of the paper beside ours: the figures first, then what could have moved them. */
export function presentReproduction(reproduction: Reproduction): Document {
  const { table, source, simulated, settings } = reproduction;
  const inState = (wanted: SettingCheck['state']) =>
    settings.filter(({ state }) => state === wanted).length;
  return {
    title: `${table.label} of CARE: ${table.title}`,
    lead: reproductionSentences(reproduction),
    blocks: [
      ...simulatedNotice(simulated),
      ...reproductionTables(reproduction).map(tableBlock),
      heading('Settings of the paper and of these runs'),
      details(
        `${inState('differs')} differ, ${inState('unknown')} not known, ${inState('same')} the same`,
        [tableBlock(settingTable(reproduction))],
      ),
      heading('How to read it'),
      notes(reproductionNotes(reproduction)),
    ],
    source: `Figures of the paper: ${source.title}, ${source.venue}, arXiv ${source.arxiv}.`,
  };
}

/** A LaTeX table for each culture. */
export function reproductionLatex(reproduction: Reproduction): string {
  const { table, source, simulated } = reproduction;
  const title = `${table.label} of CARE (${source.venue}, arXiv ${source.arxiv}): ${table.title}`;
  const notice = simulated === null ? [] : [`SIMULATED. ${simulated}`];
  return renderLatexTables(
    reproductionTables(reproduction).map((entry, index) => ({
      ...entry,
      title: `${title}, ${entry.title}`,
      note: [...notice, ...(index === 0 ? reproductionNotes(reproduction) : [])].join(' '),
    })),
  );
}

/** Every result with the runs that have some of it, and what makes the rest. */
export function presentReproducible(results: readonly Reproducible[]): Document {
  return {
    title: 'Results of the paper',
    blocks: results.flatMap(({ id, label, title, rows, cells, configs, runs }): Block[] => {
      const printed =
        rows === 0
          ? 'drawn, no figures printed: ours alone'
          : `${counted(rows, 'row')}, ${counted(cells, 'figure')}`;
      return [
        heading(`${id}  ${label}: ${title} (${printed})`),
        notes([
          ...(runs.length === 0 && rows > 0 ? ['no run of this store has a row of it'] : []),
          ...runs.map((run) => coverageText(run, { rows, cells })),
          configs.length === 0 ? 'no config makes it' : `made by: ${configs.join(', ')}`,
        ]),
      ];
    }),
  };
}

const ROWS_NAMED = 3;

function coverageText(
  { run, rows, cells, missingRows, problem }: RunCoverage,
  all: { readonly rows: number; readonly cells: number },
): string {
  if (problem !== null) return `${run}: ${problem}`;
  const named = missingRows.slice(0, ROWS_NAMED).join('; ');
  const more =
    missingRows.length > ROWS_NAMED ? ` and ${missingRows.length - ROWS_NAMED} more` : '';
  const lacks = missingRows.length === 0 ? '' : `; lacks ${named}${more}`;
  return `${run}: ${rows} of ${counted(all.rows, 'row')}, ${cells} of ${counted(all.cells, 'figure')}${lacks}`;
}

/** A table for each culture, its average first: the paper's rows, or where it only draws, ours alone. */
function reproductionTables({ table, rows, others, given, runs }: Reproduction): Table[] {
  const { columns } = table;
  // Rows of a single run do not need its name, which is long.
  const ownLabel = (label: string) => (runs.length > 1 ? label : label.replace(/ \([^()]*\)$/, ''));
  return [...new Set(columns.map(({ culture }) => culture))].map((culture) => {
    const places = columns
      .flatMap((column, place) => (column.culture === culture ? [{ column, place }] : []))
      .sort((a, b) => Number(isAverage(b.column)) - Number(isAverage(a.column)));
    const pick = <Entry>(entries: readonly Entry[], cell: (entry: Entry) => Cell | null) =>
      places.map(({ place }) => {
        const entry = entries[place];
        return entry === undefined ? null : cell(entry);
      });
    return {
      name: `${table.id}-${culture.toLowerCase()}`,
      title: culture,
      note: '',
      labels: [''],
      columns: places.map(({ column }) => ({
        group: null,
        heading: column.category ?? column.scope ?? 'Average',
        average: isAverage(column),
      })),
      rows: [
        ...rows.map(({ label, cells }) => ({
          labels: [label],
          cells: pick(cells, (cell) => comparisonCell(cell, table)),
        })),
        ...given.map(({ label, unit, values }) => ({
          labels: [`${label} (${unit}), as printed`],
          cells: pick(values, (value) => ({ kind: 'text', text: String(value) })),
        })),
        ...(rows.length > 0 ? [] : others).map(({ label, estimates }) => ({
          labels: [ownLabel(label)],
          cells: pick(estimates, ownCell),
        })),
      ],
    };
  });
}

function ownCell(estimate: Reproduction['others'][number]['estimates'][number]): Cell | null {
  if (estimate === null) return null;
  return { kind: 'rating', estimate, macro: null, mark: null, tiedWithBest: null, sparse: false };
}

function comparisonCell(
  { paper, ours, unfollowed, difference, verdict, reason }: ReproducedCell,
  { kind, decimals }: Reproduction['table'],
): Cell {
  const signed = kind === 'difference';
  const printed = (value: number) =>
    `${signed && value > 0 ? '+' : ''}${value.toFixed(decimals)}`.replace('-', '−');
  return {
    kind: 'comparison',
    printed: paper === null ? '–' : printed(paper),
    implied:
      unfollowed === null
        ? null
        : { figure: printed(unfollowed), meaning: 'Mean of its categories' },
    estimate: ours,
    signed,
    difference,
    verdict,
    reason,
  };
}

/** What differs first, then what is not known, then what is the same. */
function settingTable({ table, settings }: Reproduction): Table {
  const states = [
    ['differs', 'differs'],
    ['unknown', 'not known'],
    ['same', 'same'],
  ] as const;
  return {
    name: `settings-${table.id}`,
    title: '',
    note: '',
    labels: ['Setting'],
    columns: [
      { group: null, heading: 'State', average: false, prose: true },
      { group: null, heading: 'Paper', average: false, prose: 'named' },
      { group: null, heading: 'Ours', average: false, prose: 'named' },
      { group: null, heading: 'Note', average: false, prose: true },
    ],
    rows: states.flatMap(([wanted, word]) =>
      settings
        .filter(({ state }) => state === wanted)
        .map(
          ({ setting, paper, ours, note }): TableRow => ({
            labels: [setting],
            cells: [
              { kind: 'text', text: word, found: wanted === 'differs' },
              { kind: 'text', text: paper },
              { kind: 'text', text: ours },
              { kind: 'text', text: note ?? '' },
            ],
          }),
        ),
    ),
  };
}
