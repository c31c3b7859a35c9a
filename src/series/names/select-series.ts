import { OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { componentsOf, gatherRepeats, rerunNoise } from '../scores/repeats.ts';
import { readRatings } from '../scores/run-ratings.ts';
import { type RunSeries, type SeriesNames, seriesOfRun } from '../scores/scored-series.ts';
import { resolveRun, runSelector } from './resolve-run.ts';

/** How a selector is written, for help and messages. */
const SELECTOR_GRAMMAR = '[RUN][:[MODEL[/VARIANT]][@STYLE][%JUDGE]]';

/** A series with the run it is from. */
export interface SelectedSeries extends RunSeries {
  readonly run: string;
}

/**
 * Resolves selectors to series: several must mean one each; a single one means all it matches.
 * RUN is a run's id or its beginning, left out: the newest. Throws OperatorError with the choices.
 */
export function selectSeries(archive: RunArchive, selectors: readonly string[]): SelectedSeries[] {
  const loaded = new Map<string, SelectedSeries[]>();
  const chosen = selectors.flatMap((selector) => {
    const [run, wanted] = splitSelector(selector);
    const hint = `A model of the newest run is written with a colon before it: :${selector}`;
    const id = resolveRun(archive, runSelector(run), hint);
    const series = loaded.get(id) ?? loadSeries(archive, id);
    loaded.set(id, series);
    const matches = series.filter(({ names }) => spellings(names).has(wanted));
    if (matches.length === 0) throw new OperatorError(noMatch(selector, wanted, series));
    if (matches.length > 1 && selectors.length > 1)
      throw new OperatorError(severalMatches(selector, matches, series));
    return matches;
  });
  const twice = chosen.find((series, index) => chosen.indexOf(series) !== index);
  if (twice) throw new OperatorError(`${twice.label} is named twice; compare different series.`);
  return loaded.size > 1
    ? chosen.map((series) => ({ ...series, label: `${series.run}: ${series.label}` }))
    : chosen;
}

/** Run ids hold no colon, so that the first one ends the run. */
function splitSelector(selector: string): [run: string, wanted: string] {
  const colon = selector.indexOf(':');
  return colon < 0 ? [selector, ''] : [selector.slice(0, colon), selector.slice(colon + 1)];
}

function loadSeries(archive: RunArchive, run: string): SelectedSeries[] {
  const { definition, scores, trials } = readRatings(archive, run);
  const series = seriesOfRun({ definition, items: archive.itemLabels(run), scores: scores() });
  const repeated = series.some(({ rows }) => rows.some(({ planned }) => planned > 1));
  const repeatsOf = repeated ? gatherRepeats(trials()) : () => null;
  return series.map((entry) => {
    const repeats = repeatsOf(entry.position);
    const components = repeats && componentsOf(repeats);
    const rerun = components && rerunNoise(components);
    return { ...entry, run, ...(rerun ? { rerun } : {}) };
  });
}

/**
 * All ways to write a series behind the colon. Names are matched whole and never taken apart, as
 * they may hold slashes, at-signs and colons themselves.
 */
export function spellings({ model, variant, style, judge }: SeriesNames): ReadonlySet<string> {
  const models = ['', model, ...(variant === null ? [] : [`${model}/${variant}`])];
  return new Set(
    models.flatMap((first) =>
      ['', `@${style}`].flatMap((second) =>
        ['', `%${judge}`].map((third) => `${first}${second}${third}`),
      ),
    ),
  );
}

/** The selector of one of a run's series; style and judge only where the run has several. */
function spell({ run, names }: SelectedSeries, all: readonly SelectedSeries[]): string {
  const several = (part: 'style' | 'judge') =>
    new Set(all.map(({ names: others }) => others[part])).size > 1;
  const { model, variant, style, judge } = names;
  return [
    `${run}:${model}`,
    variant === null ? '' : `/${variant}`,
    several('style') ? `@${style}` : '',
    several('judge') ? `%${judge}` : '',
  ].join('');
}

const CHOICES = 20;

function choices(series: readonly SelectedSeries[], all = series): string[] {
  const more = series.length > CHOICES ? [`  … and ${series.length - CHOICES} more`] : [];
  return [...series.slice(0, CHOICES).map((entry) => `  ${quote(spell(entry, all))}`), ...more];
}

/** As a shell takes it. */
function quote(text: string): string {
  return /^[\w:/@%.,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function noMatch(selector: string, wanted: string, series: readonly SelectedSeries[]): string {
  const near = nearestName(
    wanted,
    series.flatMap(({ names }) => [...spellings(names)]),
  );
  const hint = near === null || near === '' ? '' : ` Did you mean ${quote(`:${near}`)}?`;
  return [
    `"${selector}" matches nothing (${SELECTOR_GRAMMAR}).${hint} There are:`,
    ...choices(series),
  ].join('\n');
}

function severalMatches(
  selector: string,
  matches: readonly SelectedSeries[],
  all: readonly SelectedSeries[],
): string {
  return [
    `"${selector}" means ${matches.length} series; name one of them:`,
    ...choices(matches, all),
    'To compare all of them with each other, give this selector alone.',
  ].join('\n');
}
