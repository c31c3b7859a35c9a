import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { GatePolicy } from '../../domain/gate-policy.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import type { SelectedSeries } from '../../series/names/select-series.ts';
import {
  driftBetweenRuns,
  driftSinceFrozen,
  judgesBehind,
  type StoredJudge,
} from '../drift/read.ts';
import { type Baseline, readBaseline, seriesInStore } from './baseline/baseline.ts';
import { type Pairing, pairSeries } from './baseline/pairs.ts';
import { compareProvenance, type SummarySeries } from './baseline/summary.ts';
import { evaluateGate } from './evaluate.ts';
import type { DriftEvidence, GateEvidence } from './evidence.ts';
import { checkPolicyNames, readPolicy } from './policy.ts';
import { measurePaired } from './rules/paired.ts';
import { measureUnpaired } from './rules/unpaired.ts';
import type { GateVerdict } from './verdict.ts';

export interface GateRequest {
  readonly db: string;
  readonly candidate: string;
  /** A selector, a per-item .jsonl or a summary.json. */
  readonly baseline: string;
  /** The store of the baseline, if it is another. */
  readonly baselineDb?: string | undefined;
  /** A policy file; the defaults without one. */
  readonly policy?: string | undefined;
  readonly bridge: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface GateResult {
  readonly verdict: GateVerdict;
  readonly policy: GatePolicy;
}

/** Decides whether a candidate may pass. Throws InputError and OperatorError; calls no model. */
export async function runGate(request: GateRequest): Promise<GateResult> {
  const { db, candidate, baseline, bridge } = request;
  const policy = readPolicy(request.policy, request.environment);
  const candidates = { selector: candidate, series: seriesInStore(db, candidate) };
  const found = await readBaseline(baseline, request.baselineDb ?? db);
  checkPolicyNames(policy, candidates.series);
  const measured = measure({ ...request, candidates, found, policy: policy.value, bridge });
  const drift = gateDrift({ ...request, candidates, found, policy: policy.value });
  const evidence = { ...measured, drift };
  return { verdict: evaluateGate(evidence, policy.value), policy: policy.value };
}

interface GateAtHand extends Omit<GateRequest, 'policy'> {
  readonly candidates: { readonly selector: string; readonly series: readonly SelectedSeries[] };
  readonly found: Baseline;
  readonly policy: GatePolicy;
}

function measure({ found, candidates, policy, ...request }: GateAtHand): GateEvidence {
  const side = <Series>(series: readonly Series[]) => ({ selector: request.baseline, series });
  switch (found.kind) {
    case 'averages': {
      const pairs = pairSeries(candidates, side(found.series), policy);
      return measureAverages(pairs, policy, request);
    }
    case 'items': {
      const pairs = pairSeries(candidates, side(found.series), policy);
      return measurePaired(pairs.map(withRuns), policy, request);
    }
    case 'store': {
      const pairs = pairSeries(candidates, side(found.series), policy);
      if (request.baselineDb === undefined) requireOther(pairs);
      return measurePaired(pairs.map(withRuns), policy, request);
    }
    default:
      return found satisfies never;
  }
}

/** One a judge: all pairs of a judge are of the same two runs. */
function gateDrift({ found, candidates, policy, ...request }: GateAtHand): DriftEvidence[] {
  const { db, baselineDb, bridge, baseline: selector } = request;
  const archive = openRunArchive(db);
  const other = baselineDb === undefined ? archive : openRunArchive(baselineDb);
  const judgesOf = (store: RunArchive, { run, position }: SelectedSeries): StoredJudge[] =>
    judgesBehind(store.loadRun(run).definition, position.judge).map((judge) => ({
      archive: store,
      run,
      judge,
    }));
  try {
    const between =
      found.kind === 'store'
        ? pairSeries(candidates, { selector, series: found.series }, policy).flatMap((pair) =>
            judgesOf(archive, pair.candidate).flatMap((later) =>
              judgesOf(other, pair.baseline).map((earlier) => driftBetweenRuns(later, earlier)),
            ),
          )
        : candidates.series.flatMap((series) => judgesOf(archive, series).map(driftSinceFrozen));
    const byJudge = new Map(
      between.flatMap((one) => (one === null ? [] : [[one.judge, one] as const])),
    );
    return [...byJudge.values()].map((one) => ({ ...one, accepted: bridge }));
  } finally {
    archive.close();
    if (other !== archive) other.close();
  }
}

function requireOther(pairs: readonly Pairing<SelectedSeries, SelectedSeries>[]): void {
  const key = ({ run, position }: SelectedSeries) => JSON.stringify([run, position]);
  const same = pairs.find(({ candidate, baseline }) => key(candidate) === key(baseline));
  if (same)
    throw new OperatorError(
      `${same.candidate.label} would be held against itself. Name another baseline; for a run against itself there is \`care-judge aa\`.`,
    );
}

/** Labels say which run they are of, where that tells the sides apart. */
function withRuns<Baseline extends { readonly label: string; readonly run?: string }>({
  candidate,
  baseline,
}: Pairing<SelectedSeries, Baseline>): Pairing<SelectedSeries, Baseline> {
  if (candidate.run === baseline.run) return { candidate, baseline };
  const labelled = { ...candidate, label: `${candidate.run}: ${candidate.label}` };
  if (baseline.run === undefined) return { candidate: labelled, baseline };
  return {
    candidate: labelled,
    baseline: { ...baseline, label: `${baseline.run}: ${baseline.label}` },
  };
}

function measureAverages(
  pairs: readonly Pairing<SelectedSeries, SummarySeries>[],
  policy: GatePolicy,
  { db, bridge }: Pick<GateRequest, 'db' | 'bridge'>,
): GateEvidence {
  const [pair, ...more] = pairs.map(withRuns);
  if (!pair || more.length > 0)
    throw new OperatorError(
      'Against a summary.json one style and one judge can be gated at a time: name them, as in RUN:MODEL@STYLE%JUDGE. Per-item scores (`care-judge export FILE.jsonl --per-item`) take several.',
    );
  const { candidate, baseline } = pair;
  const same = compareProvenance(
    { provenance: provenanceOf(db, candidate.run), judge: candidate.names.judge },
    { provenance: baseline.provenance, judge: baseline.names.judge },
  );
  if (!same.questions)
    throw new OperatorError(
      `${baseline.label} was not made from the same questions as ${candidate.label}, and averages cannot be matched question by question. Keep per-item scores of the baseline instead: \`care-judge export baseline.jsonl --per-item\`.`,
    );
  if (!same.judging && !bridge)
    throw new OperatorError(
      `${candidate.label} and ${baseline.label} were not rated by the same judge with the same rubrics, by what their configs say, so that a drop may be the judges'. Rate both with one judge, or pass --allow-mixed-judges.`,
    );
  return measureUnpaired(candidate, baseline, { policy, bridged: !same.judging });
}

function provenanceOf(db: string, run: string) {
  const archive = openRunArchive(db);
  try {
    return archive.loadRun(run).definition.provenance;
  } finally {
    archive.close();
  }
}
