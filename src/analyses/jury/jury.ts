import type { RunDefinition } from '../../domain/run-definition.ts';
import type { ItemLabels } from '../../ports/run-archive.ts';
import { juryPosition, raterName } from '../../series/names/raters.ts';
import type { Disagreement, Panel, SeatedJuries } from '../../series/scores/jury-ratings.ts';
import { comparePositions, seriesNames } from '../../series/scores/scored-series.ts';
import { crossedComponents, savings } from '../../stats/variance/crossed-components.ts';
import type { JurySummary } from './schema.ts';

/** What a summary says of juries beside their figures. */
export function summarizeJuries(
  definition: RunDefinition,
  { panels, disagreements }: SeatedJuries,
  items: readonly ItemLabels[],
): JurySummary[] {
  const labels = new Map(items.map((item) => [item.position, item]));
  return definition.juries.map(({ name, judges, aggregate, excludeOwnFamily }, index) => ({
    jury: name,
    judges: judges.map((judge) => nameOf(definition, judge)),
    aggregate,
    excludeOwnFamily,
    panels: panels
      .filter(({ position }) => position.judge === juryPosition(definition, index))
      .sort((a, b) => comparePositions(a.position, b.position))
      .map((panel) => panelSummary(definition, panel)),
    disagreements: (disagreements[index] ?? []).flatMap((entry) => {
      const item = labels.get(entry.item);
      return item ? disagreementSummary(definition, entry, item) : [];
    }),
  }));
}

function panelSummary(definition: RunDefinition, panel: Panel): JurySummary['panels'][number] {
  const { position, seats, planned, complete, lacking, crossed } = panel;
  const components = crossedComponents([...crossed.values()]);
  return {
    ...seriesNames(position, definition),
    seats: seats.map((seat) => nameOf(definition, seat)),
    planned,
    complete,
    lacking: [...lacking].flatMap(([judge, reasons]) =>
      [...reasons].map(([reason, count]) => ({ judge: nameOf(definition, judge), reason, count })),
    ),
    components,
    saves: components && savings(components),
  };
}

function disagreementSummary(
  definition: RunDefinition,
  { position, ratings, range, sd }: Disagreement,
  { id, culture, category }: ItemLabels,
): JurySummary['disagreements'][number] {
  return {
    ...seriesNames(position, definition),
    ...{ item: id, culture, category, range, sd },
    ratings: ratings.map(({ judge, rating }) => ({ judge: nameOf(definition, judge), rating })),
  };
}

function nameOf(definition: RunDefinition, judge: number): string {
  const name = raterName(definition, judge);
  if (name === undefined) throw new Error(`the run has no judge ${judge}`);
  return name;
}
