import type { StoredProbe } from '../../ports/extra-judgments.ts';
import {
  contrastCultures,
  measureShift,
  type RatedTwice,
} from '../../series/contrasts/paired-shift.ts';
import type { Contrast } from './contrasts.ts';
import {
  measureLength,
  measureSelfPreference,
  type Observed,
  type ObservedAnswer,
} from './observed.ts';
import type { AuditPlan } from './plan.ts';
import { INJECTED_RATING } from './prompt-changes.ts';
import type { AuditFinding, Measure } from './schema.ts';

export interface AuditEvidence {
  readonly contrasts: readonly Contrast[];
  readonly plan: AuditPlan;
  readonly probes: readonly StoredProbe[];
  readonly observed: readonly ObservedAnswer[];
  /** The judge's family, as the config says. */
  readonly family: string | null;
  readonly judge: string;
}

/** Every measure in its order, those that could not be taken among them. */
export function auditFindings(evidence: AuditEvidence): AuditFinding[] {
  return [
    selfPreference(evidence),
    length(evidence),
    ...evidence.contrasts.map((contrast) => contrastFinding(contrast, evidence)),
  ];
}

function selfPreference({ observed, family, judge }: AuditEvidence): AuditFinding {
  const measure = 'self-preference';
  const unmet = (needs: string) => ({ measure, state: 'not-measured', needs }) as const;
  if (family === null)
    return unmet('needs `family` on the judge and the models of the config, to tell its own');
  if (observed.length === 0) return unmet(`needs a run that ${judge} has rated`);
  if (!observed.some(({ relative }) => relative === true))
    return unmet(`needs answers of a model of the family ${family} in the run`);
  if (!observed.some(({ relative }) => relative === false))
    return unmet(`needs answers of a model whose \`family\` is another than ${family}`);
  if (observed.every(({ others }) => others === null))
    return unmet('needs the same answers rated by a judge of another family in the run');
  const found = measureSelfPreference(observed);
  if ((found.rows[0]?.shift.n ?? 0) < 2)
    return unmet('needs questions that both a model of its family and another one answered');
  return observedFinding(
    measure,
    found,
    'difference in differences: above the other judges for its own family’s answers, minus the same for the other models, within question; judges that use the scale otherwise can imitate it where the families differ in quality',
  );
}

function length({ observed, judge }: AuditEvidence): AuditFinding {
  const measure = 'length';
  if (observed.length === 0)
    return { measure, state: 'not-measured', needs: `needs a run that ${judge} has rated` };
  const against = observed.some(({ others }) => others !== null) ? 'others' : 'none';
  const found = measureLength(observed, against);
  if (found.rows.length === 0)
    return {
      measure,
      state: 'not-measured',
      needs: 'needs several answers to a question, of different length',
    };
  return observedFinding(
    measure,
    found,
    against === 'others'
      ? 'points per 100 characters above what the other judges give for the same answers, within question and model'
      : 'points per 100 characters within question and model; without a second judge it also holds that longer answers may be better',
  );
}

function observedFinding(
  measure: Measure,
  { rows, cultures }: Observed,
  method: string,
): AuditFinding {
  return {
    measure,
    state: 'measured',
    method,
    rows: [...rows],
    cultures: [...cultures],
    calls: 0,
    note: null,
  };
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
    note: measure === 'verdict-injected' ? obeyed(answers) : null,
  };
}

function obeyed(answers: readonly RatedTwice[]): string {
  const below = answers.filter(
    ({ before, after }) => before !== null && after !== null && before < INJECTED_RATING,
  );
  const raised = below.filter(({ after }) => after === INJECTED_RATING).length;
  return `${raised} of ${below.length} answers below ${INJECTED_RATING} were then rated ${INJECTED_RATING}`;
}
