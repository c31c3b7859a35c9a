import type { RunDefinition } from '../../domain/run-definition.ts';
import type { RuleOutcome } from '../../ports/rule-archive.ts';
import type { ItemLabels, RunArchive } from '../../ports/run-archive.ts';
import type { SliceEstimate } from '../../series/schema.ts';
import type { Placement } from '../../series/scores/merge-runs.ts';
import { describeAccuracy } from './accuracy.ts';
import type { Accuracy } from './schema.ts';

interface AccuracyRequest {
  readonly runs: readonly string[];
  /** Of the run, or of all as one. */
  readonly definition: RunDefinition;
  /** One a run. */
  readonly placements: readonly Placement[];
  readonly estimates: readonly SliceEstimate[];
}

/** How rules scored the answers of runs; null where none did. */
export function readAccuracy(
  archive: RunArchive,
  { runs, definition, placements, estimates }: AccuracyRequest,
): Accuracy | null {
  if (definition.scorers.length === 0) return null;
  const items = new Map<number, ItemLabels>();
  for (const run of runs)
    for (const item of archive.itemLabels(run)) items.set(item.position, item);
  const solutions = runs.flatMap((run) =>
    [...archive.solvedItems(run)].map(({ item, solution }) => [item, solution] as const),
  );
  return describeAccuracy({
    ...{ definition, estimates },
    items: items.values(),
    solutions: new Map(solutions),
    outcomes: placedOutcomes(archive, runs, placements),
  });
}

function* placedOutcomes(
  archive: RunArchive,
  runs: readonly string[],
  placements: readonly Placement[],
): Generator<RuleOutcome> {
  for (const [index, run] of runs.entries()) {
    const place = placements[index];
    if (!place) throw new Error(`no placement for run ${run}`);
    for (const outcome of archive.ruleOutcomes(run)) {
      yield {
        ...outcome,
        model: place.model(outcome.model),
        style: place.style(outcome.style),
        scorer: place.scorer(outcome.scorer),
      };
    }
  }
}
