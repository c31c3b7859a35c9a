import type { RunDefinition } from '../../domain/run-definition.ts';
import type { Scale } from '../../domain/solution.ts';
import type { ItemLabels, QuestionScore } from '../../ports/run-archive.ts';
import { raterKey, scaleAt } from '../names/raters.ts';
import {
  comparePositions,
  type SeriesNames,
  type SeriesPosition,
  seriesNames,
} from './scored-series.ts';

/** What the statistics need of an item; texts that repeat are kept once. */
export interface TableItem {
  readonly item: number;
  /** The question's key by content, and its id in the source. */
  readonly key: string;
  readonly id: string;
  readonly culture: string;
  readonly category: string;
  readonly scope: string | null;
  readonly cluster: string | null;
}

/** One series over all items of the run, by the item's place in the table. */
export interface SeriesScores {
  readonly position: SeriesPosition;
  readonly names: SeriesNames;
  /** Series with equal keys can be compared: a jury may seat other judges for another model. */
  readonly raterKey: string;
  readonly scale: Scale;
  /** Only meaningful where `rated` is above 0. */
  readonly ratings: Float64Array;
  readonly planned: Int32Array;
  readonly rated: Int32Array;
  /** A question's rating is the highest of its answers. */
  readonly best: boolean;
}

/** A run's ratings in typed arrays, so that a million of them fit. */
export interface ScoreTable {
  /** In the order of their positions in the store. */
  readonly items: readonly TableItem[];
  readonly placeOf: ReadonlyMap<number, number>;
  readonly series: readonly SeriesScores[];
}

/** Series of one judge, or of the same panel, together: across judges nothing is compared. */
export function seriesByJudge(series: readonly SeriesScores[]): SeriesScores[][] {
  const ordered = [...series].sort((a, b) => a.position.judge - b.position.judge);
  return groupSeries(ordered, ({ raterKey: rater }) => rater);
}

/** Series with equal keys together, in the order of their first. */
export function groupSeries(
  series: readonly SeriesScores[],
  keyOf: (series: SeriesScores) => string,
): SeriesScores[][] {
  const groups = new Map<string, SeriesScores[]>();
  for (const entry of series) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return [...groups.values()];
}

interface ScoreSource {
  readonly definition: RunDefinition;
  readonly items: Iterable<ItemLabels>;
  readonly scores: Iterable<QuestionScore>;
}

/** Reads items and scores once; their order does not matter. */
export function tabulateScores({ definition, items: labels, scores }: ScoreSource): ScoreTable {
  const items = readItems(labels);
  const placeOf = new Map(items.map(({ item }, place) => [item, place]));
  const found = new Map<string, SeriesScores>();
  for (const { model, style, judge, item, rating, planned, rated } of scores) {
    const key = `${model}/${style}/${judge}`;
    const series = found.get(key) ?? emptySeries({ model, style, judge }, definition, items.length);
    found.set(key, series);
    const place = placeOf.get(item);
    if (place === undefined)
      throw new Error(`a score refers to item ${item}, which the run does not have`);
    series.planned[place] = planned;
    if (rating === null) continue;
    series.ratings[place] = rating;
    series.rated[place] = rated;
  }
  const series = [...found.values()].sort((a, b) => comparePositions(a.position, b.position));
  return { items, placeOf, series };
}

function emptySeries(
  position: SeriesPosition,
  definition: RunDefinition,
  size: number,
): SeriesScores {
  return {
    position,
    names: seriesNames(position, definition),
    raterKey: `${position.judge}/${raterKey(definition, position)}`,
    scale: scaleAt(definition, position.judge),
    ratings: new Float64Array(size),
    planned: new Int32Array(size),
    rated: new Int32Array(size),
    best: definition.models[position.model]?.best != null,
  };
}

function readItems(labels: Iterable<ItemLabels>): TableItem[] {
  const texts = new Map<string, string>();
  const keep = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  const items: TableItem[] = [];
  for (const { position, key, id, culture, category, scope, cluster } of labels) {
    items.push({
      item: position,
      key,
      id,
      culture: keep(culture),
      category: keep(category),
      scope: scope === null ? null : keep(scope),
      cluster: cluster === null ? null : keep(cluster),
    });
  }
  return items.sort((a, b) => a.item - b.item);
}
