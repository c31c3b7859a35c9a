import type { StoredProbe } from '../../ports/extra-judgments.ts';
import {
  contrastCultures,
  measureShift,
  type RatedTwice,
} from '../../series/contrasts/paired-shift.ts';
import type { ObservedEvidence } from './biases/bias.ts';
import { biases, MEASURES, type Measure } from './biases/index.ts';
import type { Contrast } from './contrasts.ts';
import type { AuditPlan } from './plan.ts';
import type { AuditFinding } from './schema.ts';

export interface AuditEvidence extends ObservedEvidence {
  readonly contrasts: readonly Contrast[];
  readonly plan: AuditPlan;
  readonly probes: readonly StoredProbe[];
}

/** Every measure in its order, those that could not be taken among them. */
export function auditFindings(evidence: AuditEvidence): AuditFinding[] {
  const contrasts = new Map(evidence.contrasts.map((contrast) => [contrast.measure, contrast]));
  return MEASURES.flatMap((measure) => {
    const contrast = contrasts.get(measure);
    return contrast ? [contrastFinding(contrast, evidence)] : observedFinding(measure, evidence);
  });
}

function observedFinding(measure: Measure, evidence: AuditEvidence): AuditFinding[] {
  const bias = biases[measure];
  if (bias.kind !== 'observed') return [];
  const found = bias.observe(evidence);
  if ('needs' in found) return [{ measure, state: 'not-measured', needs: found.needs }];
  const { rows, cultures, method } = found;
  return [
    {
      measure,
      state: 'measured',
      method,
      rows: [...rows],
      cultures: [...cultures],
      calls: 0,
      note: null,
    },
  ];
}

function contrastFinding(contrast: Contrast, { plan, probes }: AuditEvidence): AuditFinding {
  const { measure, method, needs } = contrast;
  if (needs !== null) return { measure, state: 'not-measured', needs };
  const ratings = new Map(probes.map(({ key, rating }) => [key, rating]));
  const ratingOf = (key: string | null) => (key === null ? null : (ratings.get(key) ?? null));
  const unchanged = new Map(
    plan.calls.flatMap((call) =>
      call.measure === 'unchanged' ? [[call.answer, ratingOf(call.key)] as const] : [],
    ),
  );
  const own = plan.calls.filter((call) => call.measure === measure);
  if (own.length === 0)
    return { measure, state: 'not-measured', needs: 'needs answers that the change applies to' };
  const answers = own.map(
    ({ answer, key }): RatedTwice => ({
      culture: answer.item.culture,
      cluster: answer.cluster,
      before: answer.stored ?? unchanged.get(answer) ?? null,
      after: ratingOf(key),
    }),
  );
  return {
    measure,
    state: 'measured',
    method,
    rows: measureShift(answers),
    cultures: contrastCultures(answers),
    calls: own.length,
    note: contrast.note?.(answers) ?? null,
  };
}
