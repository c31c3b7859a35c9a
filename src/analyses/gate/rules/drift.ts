import type { RunArchive } from '../../../ports/run-archive.ts';
import type { SelectedSeries } from '../../../series/names/select-series.ts';
import { pick } from '../../../stats/at.ts';
import {
  driftBetweenRuns,
  driftSinceFrozen,
  judgesBehind,
  type StoredJudge,
} from '../../drift/read.ts';
import { betweenSentence } from '../../drift/sentences.ts';
import type { DriftEvidence } from '../evidence.ts';
import { type GateRule, type GateSides, oneLine } from './rule.ts';

/** Whether a judge was the same on both sides, as far as anchors tell. */
export interface DriftVerdict extends DriftEvidence {
  readonly status: 'pass' | 'inconclusive';
}

/** A judge that drifted between the sides makes a difference that no model made. */
export const driftRule: GateRule<DriftVerdict> = {
  kind: 'drift',
  measure: (sides) => ({ drift: driftEvidence(sides) }),
  decide: ({ drift = [] }) =>
    drift.map((one) => ({
      ...one,
      status: one.shifted && !one.accepted ? 'inconclusive' : 'pass',
    })),
  check: (between) => {
    const text = betweenSentence(between);
    const name = `Drift of judge ${oneLine(between.judge)}`;
    return text === null
      ? null
      : { name, status: between.status, text: oneLine(text), brief: name };
  },
  overrules: 'a difference may be the judge’s and not the model’s',
};

/** One per judge: all pairs of a judge are of the same two runs. */
function driftEvidence({ stores, candidates, baselines, bridge }: GateSides): DriftEvidence[] {
  const between = candidates.flatMap((candidate, pair) => {
    const judges = judgesOf(stores.candidate, candidate);
    if (baselines === null) return judges.map(driftSinceFrozen);
    const earlier = judgesOf(stores.baseline, pick(baselines, pair));
    return judges.flatMap((later) => earlier.map((before) => driftBetweenRuns(later, before)));
  });
  const byJudge = new Map(
    between.flatMap((one) => (one === null ? [] : [[one.judge, one] as const])),
  );
  return [...byJudge.values()].map((one) => ({ ...one, accepted: bridge }));
}

function judgesOf(archive: RunArchive, { run, position }: SelectedSeries): StoredJudge[] {
  return judgesBehind(archive.loadRun(run).definition, position.judge).map((judge) => ({
    archive,
    run,
    judge,
  }));
}
