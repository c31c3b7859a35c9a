import { OperatorError } from '../../domain/errors.ts';
import { type GatePolicy, policyFor } from '../../domain/gate-policy.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { scorerAt } from '../../series/names/raters.ts';
import { type SelectedSeries, selectSeries } from '../../series/names/select-series.ts';
import { type Baseline, readBaseline } from './baseline/baseline.ts';
import { type Named, type Pairing, pairSeries } from './baseline/pairs.ts';
import { compareProvenance, type SummarySeries } from './baseline/summary.ts';
import { measurePaired, type PairedOptions, type SeriesPair } from './differences/paired.ts';
import { measureUnpaired } from './differences/unpaired.ts';
import { evaluateGate } from './evaluate.ts';
import type { GateEvidence } from './evidence.ts';
import { checkPolicyNames, readPolicy } from './policy.ts';
import { measureRules } from './rules/index.ts';
import type { GateSides } from './rules/rule.ts';
import type { GateStores } from './sides.ts';
import type { GateVerdict } from './verdict.ts';

export interface GateRequest {
  readonly candidate: string;
  /** A selector, a per-item .jsonl or a summary.json. */
  readonly baseline: string;
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
export async function runGate(stores: GateStores, request: GateRequest): Promise<GateResult> {
  const { candidate, baseline, bridge } = request;
  const loaded = readPolicy(request.policy, request.environment);
  const policy = loaded.value;
  const candidates = {
    selector: candidate,
    series: gatedSeries(stores.candidate, selectSeries(stores.candidate, [candidate]), policy),
  };
  const found = await readBaseline(stores.baseline, baseline);
  checkPolicyNames(loaded, candidates.series);
  const { differences, ...pairs } = measure({
    stores,
    candidates,
    found,
    policy,
    baseline,
    bridge,
  });
  const evidence = measureRules(differences, { stores, policy, bridge, ...pairs });
  return { verdict: evaluateGate(evidence, policy), policy };
}

interface Sides {
  readonly stores: GateStores;
  readonly candidates: { readonly selector: string; readonly series: readonly SelectedSeries[] };
  readonly found: Baseline;
  /** The baseline's selector. */
  readonly baseline: string;
  readonly policy: GatePolicy;
  readonly bridge: boolean;
}

type Measured = Pick<GateSides, 'candidates' | 'baselines'> & {
  readonly differences: GateEvidence;
};

function measure({ found, candidates, baseline, ...sides }: Sides): Measured {
  const { stores, policy } = sides;
  const paired = <Series extends Named>(series: readonly Series[]) =>
    pairSeries(candidates, { selector: baseline, series }, policy).map(withRuns);
  const candidatesOf = (pairs: readonly { readonly candidate: SelectedSeries }[]) =>
    pairs.map(({ candidate }) => candidate);
  switch (found.kind) {
    case 'averages': {
      const pairs = paired(found.series);
      const differences = measureAverages(pairs, sides);
      return { differences, candidates: candidatesOf(pairs), baselines: null };
    }
    case 'items': {
      const pairs = paired(found.series);
      const differences = measureByScale(pairs, policy, sides);
      return { differences, candidates: candidatesOf(pairs), baselines: null };
    }
    case 'store': {
      const pairs = paired(found.series);
      if (stores.candidate === stores.baseline) requireOther(pairs);
      const differences = measureByScale(pairs, policy, sides);
      const baselines = pairs.map((pair) => pair.baseline);
      return { differences, candidates: candidatesOf(pairs), baselines };
    }
    default:
      return found satisfies never;
  }
}

interface SelectedPair extends SeriesPair {
  readonly candidate: SelectedSeries;
}

/** Of a task that is scored in several ways, the first decides, unless the policy names others. */
function gatedSeries(
  archive: RunArchive,
  series: readonly SelectedSeries[],
  { judges }: GatePolicy,
): SelectedSeries[] {
  return series.filter(({ run, position }) => {
    const { definition } = archive.loadRun(run);
    const scorer = scorerAt(definition, position.judge);
    if (scorer === undefined || judges !== undefined) return true;
    return definition.scorers.find(({ task }) => task === scorer.task) === scorer;
  });
}

/**
 * Ratings, and right answers of each scorer, are measured apart: their questions differ. Alarms are
 * adjusted within each part and by Bonferroni over the parts, so that the family-wise level holds.
 */
function measureByScale(
  pairs: readonly SelectedPair[],
  policy: GatePolicy,
  options: PairedOptions,
): GateEvidence {
  const parts = [...Map.groupBy(pairs, partOf).values()];
  const measured = parts.map((part) => {
    const scale = part[0]?.candidate.scale ?? 'rating';
    return measurePaired(part, policyFor(scale, policy), options);
  });
  const starts = parts.map((_, index) =>
    parts.slice(0, index).reduce((sum, part) => sum + part.length, 0),
  );
  return {
    design: 'paired',
    bridged: measured.some(({ bridged }) => bridged),
    pairs: measured.flatMap((part) => part.pairs),
    families: measured.flatMap((part, index) =>
      part.families.map((family) => ({
        ...family,
        pair: family.pair + (starts[index] ?? 0),
        adjusted: family.adjusted === null ? null : Math.min(1, family.adjusted * parts.length),
      })),
    ),
  };
}

function partOf({ candidate }: SelectedPair): string {
  return candidate.scale === 'rating' ? 'ratings' : `right answers ${candidate.names.judge}`;
}

function requireOther(pairs: readonly Pairing<SelectedSeries, SelectedSeries>[]): void {
  const key = ({ run, position }: SelectedSeries) => JSON.stringify([run, position]);
  const same = pairs.find(({ candidate, baseline }) => key(candidate) === key(baseline));
  if (same)
    throw new OperatorError(
      `${same.candidate.label} would be held against itself. Name another baseline; for a run against itself there is \`care-judge repeatability\`.`,
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
  { stores, policy, bridge }: Pick<Sides, 'stores' | 'policy' | 'bridge'>,
): GateEvidence {
  const [pair, ...more] = pairs;
  if (!pair || more.length > 0)
    throw new OperatorError(
      'Against a summary.json one style and one judge can be gated at a time: name them, as in RUN:MODEL@STYLE%JUDGE. Per-item scores (`care-judge export FILE.jsonl --per-item`) take several.',
    );
  const { candidate, baseline } = pair;
  if (candidate.scale === 'accuracy')
    throw new OperatorError(
      'Right answers are gated question by question. Keep per-item scores of the baseline in place of its summary.json: `care-judge export baseline.jsonl --per-item`.',
    );
  const same = compareProvenance(
    {
      provenance: stores.candidate.loadRun(candidate.run).definition.provenance,
      judge: candidate.names.judge,
    },
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
