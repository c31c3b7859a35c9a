import type { Json } from '../../domain/json.ts';
import { at, isList } from '../../domain/json-path.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { resolveRuns } from '../../series/names/resolve-run.ts';
import { simulationNotice } from '../../series/names/simulation.ts';
import { scored } from '../../series/scores/run-ratings.ts';
import { type RunSeries, type ScoredRow, seriesOfRun } from '../../series/scores/scored-series.ts';
import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { type Accuracy, estimateAccuracy } from '../../stats/means/accuracy.ts';
import { holm } from '../../stats/tests/multiplicity.ts';
import { newcombeInterval } from '../../stats/tests/proportions.ts';
import type { AccuracyRow, AccuracyTable } from './accuracy-figures.ts';
import { type PaperDifference, paperDifferences } from './paper-differences.ts';
import type { PaperFigures } from './paper-figures.ts';
import type { CellVerdict } from './printed-difference.ts';
import { readPaperFigures, resultId } from './read.ts';

/** Percentage points within which two accuracies count as the same. */
const ACCURACY_MARGIN = 2;
const LEVEL = 0.05;
/** More unread or missing than this share of a cell's answers and nothing is said about it. */
const MISSING_MOST = 0.1;

/** One printed percentage beside ours. */
export interface AccuracyCell {
  readonly benchmark: string;
  readonly language: string;
  readonly approach: string;
  readonly paper: number;
  /** 0 to 1; null where the runs have no such task and variant, or nothing was read. */
  readonly ours: (Accuracy & { readonly label: string; readonly missing: number }) | null;
  /** Ours minus the paper's, in points, as if both had drawn questions of their own. */
  readonly difference: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly verdict: CellVerdict | null;
}

/** A task of ours, whatever the paper prints. */
export interface OwnAccuracy {
  readonly label: string;
  readonly task: string;
  readonly culture: string;
  readonly accuracy: Accuracy | null;
  readonly missing: number;
}

export interface AccuracyReproduction {
  readonly version: 1;
  readonly table: Omit<AccuracyTable, 'rows' | 'unstated'>;
  readonly source: PaperFigures['source'];
  readonly runs: readonly string[];
  readonly simulated: string | null;
  readonly margin: number;
  /** Empty where the paper draws and prints no figures. */
  readonly cells: readonly AccuracyCell[];
  /** The paper's own differences, and whether they are more than chance at its n. */
  readonly differences: readonly PaperDifference[];
  readonly others: readonly OwnAccuracy[];
  /** What the paper does not state, with what our runs used where they say it. */
  readonly settings: readonly {
    readonly setting: string;
    readonly note: string | null;
    readonly ours: string | null;
  }[];
  readonly counts: Readonly<Record<CellVerdict | 'not compared', number>>;
}

/** The result of that name where it is in percent of right answers; null for others. */
export function accuracyTableOf(id: string): AccuracyTable | null {
  return readPaperFigures().accuracyTables.find((table) => table.id === resultId(id)) ?? null;
}

/** Puts runs of a store beside a result in percent; without runs, the paper alone. */
export function reproduceAccuracy(
  table: AccuracyTable,
  archive: RunArchive | null,
  names: readonly string[],
): AccuracyReproduction {
  const ids = archive === null ? [] : resolveRuns(archive, names);
  const series = archive === null ? [] : ids.flatMap((id) => ownSeries(archive, id));
  const stored = archive === null ? [] : ids.map((id) => archive.loadRun(id));
  const { rows, unstated, ...rest } = table;
  const cells = judged(
    rows.flatMap((row) =>
      table.approaches.map((_, index) => cellOf({ table, row, index }, series)),
    ),
  );
  const used = new Set(cells.flatMap(({ ours }) => ours?.label ?? []));
  const count = (verdict: CellVerdict | null) =>
    cells.filter((cell) => cell.verdict === verdict).length;
  const settings = stored.map(({ definition }) => definition.provenance);
  return {
    version: 1,
    table: rest,
    source: readPaperFigures().source,
    runs: ids,
    simulated: stored.length === 0 ? null : simulationNotice(stored),
    margin: ACCURACY_MARGIN,
    cells,
    differences: paperDifferences(table),
    others: series.flatMap((own) => (used.has(labelOf(own)) ? [] : byCulture(own))),
    settings: unstated.map((entry) => ({ ...entry, ours: oursOf(entry.setting, settings) })),
    counts: {
      consistent: count('consistent'),
      differs: count('differs'),
      'cannot tell': count('cannot tell'),
      'not compared': count(null),
    },
  };
}

interface OwnSeries extends RunSeries {
  readonly run: string;
  readonly task: string;
}

/** Series of right answers; of short answers one for each rule. */
function ownSeries(archive: RunArchive, run: string): OwnSeries[] {
  const { definition } = archive.loadRun(run);
  const items = [...archive.itemLabels(run)];
  const series = seriesOfRun({
    definition,
    items,
    scores: scored(definition, archive.ruleScores(run)),
  });
  return series.flatMap((entry) => {
    const scorer = definition.scorers.find(({ name }) => name === entry.names.judge);
    return scorer === undefined ? [] : [{ ...entry, run, task: scorer.task }];
  });
}

const labelOf = ({ names, run }: OwnSeries) =>
  `${modelLabel({ name: names.model, variant: names.variant })}, ${names.judge}, ${names.style} (${run})`;

interface Place {
  readonly table: AccuracyTable;
  readonly row: AccuracyRow;
  readonly index: number;
}

type Unjudged = Omit<AccuracyCell, 'verdict'> & { readonly p: number; readonly within: boolean };

function cellOf({ table, row, index }: Place, series: readonly OwnSeries[]): Unjudged {
  const { benchmark, language, task, n, values } = row;
  const variant = table.variants[index] ?? '';
  // A checkpoint trained in one language is called so; the vanilla one is the same for all.
  const own = series.find(
    (entry) =>
      entry.task === task &&
      [`${variant} ${language}`, variant].includes(entry.names.variant ?? 'Vanilla'),
  );
  const paper = values[index] ?? 0;
  const cell = { benchmark, language, approach: table.approaches[index] ?? '', paper };
  const accuracy = own === undefined ? null : accuracyOf(own.rows);
  if (own === undefined || accuracy === null)
    return { ...cell, ours: null, difference: null, p: 1, within: false };
  const ours = { ...accuracy, label: labelOf(own), missing: missingOf(own.rows) };
  return { ...cell, ours, ...differenceFrom({ paper, n }, ours, 10 ** -table.decimals) };
}

function accuracyOf(rows: readonly ScoredRow[]): Accuracy | null {
  const read = rows.flatMap(({ rating, cluster, item }) =>
    rating === null ? [] : [{ rating, cluster: cluster ?? item }],
  );
  return estimateAccuracy(
    read.map(({ rating }) => rating),
    read.map(({ cluster }) => cluster),
  );
}

const missingOf = (rows: readonly ScoredRow[]) =>
  rows.filter(({ rating }) => rating === null).length;

/** The printed side has a binomial's error; ours that of its interval, which clusters may widen. */
function differenceFrom(
  printed: { readonly paper: number; readonly n: number },
  { value, interval }: Accuracy,
  step: number,
) {
  const share = printed.paper / 100;
  const z = normalQuantile(0.975);
  const own = (interval.high - interval.low) / (2 * z);
  // As many independent questions as would give our interval.
  const effective = own > 0 ? Math.max(1, (value * (1 - value)) / (own * own)) : printed.n;
  const { low, high } = newcombeInterval(
    { successes: value * effective, n: effective },
    { successes: share * printed.n, n: printed.n },
  );
  const se = 100 * Math.hypot(own, Math.sqrt((share * (1 - share)) / printed.n));
  const points = 100 * (value - share);
  const apart = Math.max(0, Math.abs(points) - step / 2);
  return {
    difference: { value: points, low: 100 * low - step / 2, high: 100 * high + step / 2 },
    p: 2 * (1 - normalCdf(apart / se)),
    within: Math.abs(points) + normalQuantile(0.95) * se + step / 2 <= ACCURACY_MARGIN,
  };
}

/** As of ratings: shown to be within the margin, or shown to differ (Holm over all cells), or neither. */
function judged(cells: readonly Unjudged[]): AccuracyCell[] {
  const compared = cells.filter(({ difference }) => difference !== null);
  const adjusted = holm(compared.map(({ p }) => p));
  return cells.map(({ p: _, within, ...cell }) => {
    const place = compared.findIndex(
      ({ benchmark, language, approach }) =>
        cell.benchmark === benchmark && cell.language === language && cell.approach === approach,
    );
    if (place < 0) return { ...cell, verdict: null };
    const { missing = 0, n = 0 } = cell.ours ?? {};
    if (missing > MISSING_MOST * (n + missing)) return { ...cell, verdict: 'cannot tell' };
    const otherwise = (adjusted[place] ?? 1) <= LEVEL ? 'differs' : 'cannot tell';
    return { ...cell, verdict: within ? 'consistent' : otherwise };
  });
}

function byCulture(own: OwnSeries): OwnAccuracy[] {
  const cultures = [...new Set(own.rows.map(({ culture }) => culture))];
  return cultures.map((culture) => {
    const rows = own.rows.filter((row) => row.culture === culture);
    return {
      ...{ label: labelOf(own), task: own.task, culture },
      accuracy: accuracyOf(rows),
      missing: missingOf(rows),
    };
  });
}

/** What the configs of our runs say about a setting; null where they do not. */
function oursOf(setting: string, provenances: readonly Json[]): string | null {
  const said = new Set(
    provenances.flatMap((provenance) => {
      const items = at(at(provenance, 'config'), 'items');
      return (isList(items) ? items : []).flatMap((source) => saidBy(setting, source) ?? []);
    }),
  );
  return said.size === 0 ? null : [...said].join('; ');
}

function saidBy(setting: string, source: Json): string | null {
  const task = String(at(source, 'task') ?? at(source, 'scoring') ?? 'judged');
  const text = (key: string) => JSON.stringify(at(source, key) ?? null);
  if (at(source, 'scoring') === undefined) return null;
  if (setting === 'Scorer') return `${task}: ${String(at(source, 'method') ?? 'generate')}`;
  if (setting !== 'Prompt and shots') return null;
  const shots = at(at(source, 'shots'), 'n');
  return `${task}: ${text('prompting').replace('null', 'the usual prompt')}, ${shots ?? 0} shots`;
}
