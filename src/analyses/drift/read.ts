import type { RunDefinition } from '../../domain/run-definition.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import {
  type Drift,
  type DriftBetween,
  type DriftInput,
  driftBetween,
  measureDrift,
} from './drift.ts';

/** Whether each judge of a run still rates as it did; in the order of the run's judges. */
export function driftOfRun(archive: RunArchive, run: string): Drift[] {
  const { definition } = archive.loadRun(run);
  return definition.judges.map((_, judge) => measureDrift(driftInput(archive, { run, judge })));
}

/** A judge as one run asked it. */
export interface JudgeOfRun {
  readonly run: string;
  /** Position in the run's judges. */
  readonly judge: number;
}

/** Positions of the judges behind a series: one, or those of its jury. */
export function judgesBehind(
  { judges, juries }: Pick<RunDefinition, 'judges' | 'juries'>,
  position: number,
): readonly number[] {
  return position < judges.length ? [position] : (juries[position - judges.length]?.judges ?? []);
}

/** What drift is measured from. Throws on a position that the run does not have. */
function driftInput(archive: RunArchive, { run, judge }: JudgeOfRun): DriftInput {
  const { definition, served } = archive.loadRun(run);
  const found = definition.judges[judge];
  if (!found) throw new Error(`the run ${run} has no judge ${judge}`);
  return {
    run,
    judge: { key: found.key, name: found.spec.name },
    probes: archive.probesOf(run, 'anchor'),
    served,
  };
}

/** A run's judge in its store. */
export interface StoredJudge extends JudgeOfRun {
  readonly archive: RunArchive;
}

/** Whether a judge shifted between two runs; null within one run or between two judges. */
export function driftBetweenRuns(
  candidate: StoredJudge,
  baseline: StoredJudge,
): DriftBetween | null {
  if (candidate.run === baseline.run) return null;
  const sides = {
    candidate: driftInput(candidate.archive, candidate),
    baseline: driftInput(baseline.archive, baseline),
  };
  return sides.candidate.judge.key === sides.baseline.judge.key ? driftBetween(sides) : null;
}

/** The drift of a run's judge since its anchors were frozen, for a baseline that has none to show. */
export function driftSinceFrozen(candidate: StoredJudge): DriftBetween {
  const input = driftInput(candidate.archive, candidate);
  return driftBetween({ candidate: input, baseline: { ...input, probes: [], served: [] } });
}
