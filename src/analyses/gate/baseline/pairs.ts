import { OperatorError } from '../../../domain/errors.ts';
import type { GatePolicy } from '../../../domain/gate-policy.ts';
import type { SeriesNames } from '../../../series/scores/scored-series.ts';

export interface Named {
  readonly label: string;
  readonly names: SeriesNames;
}

export interface Pairing<Candidate, Baseline> {
  readonly candidate: Candidate;
  readonly baseline: Baseline;
}

/** What a side of the gate was called on the command line, and what that matched. */
export interface Side<Series> {
  readonly selector: string;
  readonly series: readonly Series[];
}

/**
 * Finds each candidate series its baseline: one against one goes as it is, several by style and
 * judge, and where that still leaves several, by model and variant. Throws OperatorError.
 */
export function pairSeries<Candidate extends Named, Baseline extends Named>(
  candidate: Side<Candidate>,
  baseline: Side<Baseline>,
  policy: Pick<GatePolicy, 'styles' | 'judges'>,
): Pairing<Candidate, Baseline>[] {
  const candidates = lookedAt(candidate, policy);
  const baselines = lookedAt(baseline, policy);
  requireOneModel(candidate.selector, candidates);
  const [only] = baselines;
  return candidates.map((own) => ({
    candidate: own,
    baseline:
      candidates.length === 1 && baselines.length === 1 && only
        ? only
        : partnerOf(own, baselines, baseline.selector),
  }));
}

function lookedAt<Series extends Named>(
  { selector, series }: Side<Series>,
  { styles, judges }: Pick<GatePolicy, 'styles' | 'judges'>,
): Series[] {
  const kept = series.filter(
    ({ names }) =>
      (styles?.includes(names.style) ?? true) && (judges?.includes(names.judge) ?? true),
  );
  if (kept.length > 0) return kept;
  throw new OperatorError(
    [
      `"${selector}" has nothing with the policy's styles (${styles?.join(', ') ?? 'any'}) and judges (${judges?.join(', ') ?? 'any'}). It has:`,
      ...series.map(({ names }) => `  style ${names.style}, judge ${names.judge}`),
    ].join('\n'),
  );
}

function requireOneModel(selector: string, series: readonly Named[]): void {
  const models = new Set(series.map(({ names: { model, variant } }) => modelKey(model, variant)));
  if (models.size === 1) return;
  throw new OperatorError(
    [
      `"${selector}" means several models; a gate takes one. Write RUN:MODEL/VARIANT. It matches:`,
      ...series.map(({ label }) => `  ${label}`),
    ].join('\n'),
  );
}

const modelKey = (model: string, variant: string | null) => JSON.stringify([model, variant]);

function partnerOf<Baseline extends Named>(
  { label, names }: Named,
  baselines: readonly Baseline[],
  selector: string,
): Baseline {
  const alike = baselines.filter(
    (other) => other.names.style === names.style && other.names.judge === names.judge,
  );
  const same = alike.filter(
    (other) =>
      modelKey(other.names.model, other.names.variant) === modelKey(names.model, names.variant),
  );
  const [partner, ...more] = alike.length > 1 && same.length > 0 ? same : alike;
  if (partner && more.length === 0) return partner;
  const found = partner ? [partner, ...more] : baselines;
  throw new OperatorError(
    [
      partner
        ? `"${selector}" means several baselines for ${label}; name one of them with :MODEL/VARIANT@STYLE%JUDGE:`
        : `"${selector}" has no series of style ${names.style} and judge ${names.judge}, which ${label} needs. It has:`,
      ...found.map(
        (other) => `  ${other.label} (style ${other.names.style}, judge ${other.names.judge})`,
      ),
    ].join('\n'),
  );
}
