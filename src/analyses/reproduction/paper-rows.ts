import { OperatorError } from '../../domain/errors.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { SeriesNames } from '../../series/scores/scored-series.ts';
import type { PaperRow, PaperTable } from './paper-figures.ts';

/** `--as 'OURS=PAPER ROW'`, taken apart. */
export interface RowAssignment {
  readonly ours: string;
  readonly row: string;
}

interface Named {
  readonly names: SeriesNames;
}

/** Series that stand for a table's rows; aligned checkpoints may be another one for each culture. */
export type RowMatch<Series> = (row: PaperRow, culture: string) => Series | null;

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * A model's name without what checkpoint names add to it: the organisation, `Meta`, `Instruct`, `it`,
 * `Chat` and Mistral's `v0.x`.
 */
export function modelWord(name: string): string {
  const last = name.split('/').at(-1) ?? name;
  return plain(last.replace(/\bv0\.\d\b/gi, '').replace(/\b(?:meta|instruct|it|chat)\b/gi, ''));
}

const CULTURE_WORDS: Readonly<Record<string, string>> = {
  chinese: 'Chinese',
  zh: 'Chinese',
  arab: 'Arab',
  arabic: 'Arab',
  ar: 'Arab',
  japanese: 'Japanese',
  ja: 'Japanese',
};

/** A culture as the paper calls it; itself where the paper has no such. */
export function paperCulture(name: string): string {
  return CULTURE_WORDS[plain(name)] ?? name;
}

const VANILLA = 'vanilla';
/** What the paper calls Aligned in one table is DPO in another. */
const SAME_TRAINING: Readonly<Record<string, string>> = {
  '': VANILLA,
  base: VANILLA,
  original: VANILLA,
  aligned: 'dpocare',
  care: 'dpocare',
  dpo: 'dpocare',
  kto: 'ktocare',
  simpo: 'simpocare',
  mapo: 'mapocare',
};

/** A variant as how it was trained and for which culture: `Aligned (Arabic)` is DPO on CARE for Arab. */
export function trainingOf(variant: string | null): {
  readonly training: string;
  readonly culture: string | null;
} {
  const words = (variant ?? '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'w' && word !== 'with');
  const cultures = words.flatMap((word) => CULTURE_WORDS[word] ?? []);
  const word = words.filter((entry) => CULTURE_WORDS[entry] === undefined).join('');
  return { training: SAME_TRAINING[word] ?? word, culture: cultures[0] ?? null };
}

const STYLES: Readonly<Record<string, string>> = { cot: 'chainofthought', '0shot': 'zeroshot' };

function styleWord(style: string): string {
  const word = plain(style);
  return STYLES[word] ?? word;
}

/** A row as a person reads it; the style only where the table has several. */
export function rowLabel(table: Pick<PaperTable, 'rows'>, row: PaperRow): string {
  const styles = new Set(table.rows.map(({ style }) => style));
  return [
    row.model,
    ...(row.variant === null ? [] : [row.variant]),
    ...(styles.size > 1 && row.style !== null && row.style !== 'zero-shot' ? [row.style] : []),
  ].join(' ');
}

/**
 * Finds the series of each row and culture by name and variant, `assignments` first. Throws
 * OperatorError for an assignment that fits nothing and for two series that fit one place.
 */
export function matchRows<Series extends Named>(
  table: PaperTable,
  series: readonly Series[],
  assignments: readonly RowAssignment[],
): RowMatch<Series> {
  const assigned = assignments.map((assignment) => ({
    rows: assignedRows(table, assignment),
    series: assignedSeries(series, assignment),
  }));
  const taken = new Set(assigned.flatMap((entry) => entry.series));
  return (row, culture) => {
    const ofStyle = (candidate: Series) => fitsStyle(row, candidate.names.style);
    const told = assigned.flatMap((entry) =>
      entry.rows.includes(row) ? entry.series.filter(ofStyle) : [],
    );
    const found =
      told.length > 0
        ? told
        : series.filter(
            (candidate) => !taken.has(candidate) && fitsRow(row, culture, candidate.names),
          );
    const own = found.filter(({ names }) => trainingOf(names.variant).culture === culture);
    const [only, ...others] = own.length > 0 ? own : found;
    if (others.length === 0) return only ?? null;
    throw new OperatorError(
      `${table.label}: several series fit the row ${rowLabel(table, row)}: ${found.map(({ names }) => spell(names)).join(', ')}. Say which with --as 'OURS=${rowLabel(table, row)}'.`,
    );
  };
}

function fitsStyle({ style }: PaperRow, ours: string): boolean {
  return style === null || ours === 'recorded' || styleWord(ours) === styleWord(style);
}

function fitsRow(row: PaperRow, culture: string, names: SeriesNames): boolean {
  if (modelWord(names.model) !== modelWord(row.model)) return false;
  const ours = trainingOf(names.variant);
  if (ours.culture !== null && ours.culture !== culture) return false;
  return ours.training === trainingOf(row.variant).training && fitsStyle(row, names.style);
}

/** As `--as` takes it. */
function spell({ model, variant }: SeriesNames): string {
  return variant === null ? model : `${model}/${variant}`;
}

function assignedSeries<Series extends Named>(
  series: readonly Series[],
  { ours }: RowAssignment,
): readonly Series[] {
  const fits = ({ names }: Series) =>
    [names.model, spell(names), modelLabel({ ...names, name: names.model })].includes(ours);
  const found = series.filter(fits);
  if (found.length > 0) return found;
  const known = [...new Set(series.map(({ names }) => spell(names)))];
  throw new OperatorError(`--as: the run has no model "${ours}"; it has: ${known.join(', ')}`);
}

function assignedRows(table: PaperTable, { row }: RowAssignment): readonly PaperRow[] {
  const words = (entry: PaperRow) => [
    plain(rowLabel(table, entry)),
    plain([entry.model, entry.variant ?? ''].join(' ')),
  ];
  const found = table.rows.filter((entry) => words(entry).includes(plain(row)));
  if (found.length > 0) return found;
  const labels = table.rows.map((entry) => rowLabel(table, entry));
  const near = nearestName(row, labels);
  const hint = near === null ? `it has: ${labels.join('; ')}` : `did you mean "${near}"?`;
  throw new OperatorError(`--as: ${table.label} has no row "${row}"; ${hint}`);
}
