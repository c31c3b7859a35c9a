import { z } from 'zod';
import { anchorSubjectSchema } from '../../domain/anchor.ts';
import type { StoredProbe } from '../../ports/extra-judgments.ts';
import type { ServedModel } from '../../ports/run-archive.ts';
import {
  measureShift,
  type RatedTwice,
  type ShiftRow,
  shiftRowSchema,
} from '../../series/contrasts/paired-shift.ts';
import { distinctServed } from '../../series/names/served.ts';

/** Family-wise level of the alarm over all cultures and their total. */
export const ALARM_LEVEL = 0.01;
/** A smaller shift is no alarm, however certain it is. */
const ALARM_SHIFT = 0.15;
/** Fewer anchors than this say nothing about spread. */
const FEWEST = 10;

const servedSchema = z.strictObject({
  servedModel: z.string().nullable(),
  systemFingerprint: z.string().nullable(),
});

/** Whether one judge of one run still rates its anchors as it did when they were frozen. */
export const driftSchema = z.strictObject({
  run: z.string(),
  judge: z.strictObject({ key: z.string(), name: z.string() }),
  /** `shifted`: the alarm. `unmeasured`: without anchors of this judge, or too few were rated. */
  state: z.enum(['steady', 'shifted', 'unmeasured']),
  /** Anchors planned, and rated. */
  anchors: z.int(),
  rated: z.int(),
  /** All cultures first; empty without anchors. */
  rows: z.array(shiftRowSchema),
  level: z.number(),
  minimalShift: z.number(),
  /** The endpoint named one model and fingerprint all through, and the one of the frozen ratings. */
  sameServed: z.boolean(),
  /** What it named, in this run and when the anchors were frozen. */
  served: z.array(servedSchema),
  frozenServed: z.array(servedSchema),
});
export type Drift = z.infer<typeof driftSchema>;

export interface DriftInput {
  readonly run: string;
  readonly judge: { readonly key: string; readonly name: string };
  /** The run's anchor judgments, of all judges. */
  readonly probes: readonly StoredProbe[];
  /** What the run's endpoints named, of all judges. */
  readonly served: readonly ServedModel[];
}

/** The drift of one judge since its anchors were frozen. Pure. */
export function measureDrift({ run, judge, probes, served }: DriftInput): Drift {
  const own = probes.filter((probe) => probe.judge === judge.key);
  const anchored = own.map((probe) => ({
    probe,
    subject: anchorSubjectSchema.parse(probe.subject),
  }));
  const answers = anchored.map(
    ({ probe, subject }): RatedTwice => ({
      culture: subject.culture,
      cluster: subject.cluster,
      before: subject.frozen.rating,
      after: probe.rating,
    }),
  );
  const here = distinctServed([
    ...served.filter(({ role, label }) => role === 'judge' && label === judge.name),
    ...own.filter(({ status }) => status !== 'pending'),
  ]);
  const then = distinctServed(anchored.map(({ subject }) => subject.frozen));
  return {
    run,
    judge,
    ...alarmOf(answers),
    sameServed: distinctServed([...here, ...then]).length <= 1,
    served: here,
    frozenServed: then,
  };
}

type Alarm = Pick<Drift, 'state' | 'anchors' | 'rated' | 'rows' | 'level' | 'minimalShift'>;

/** Alarms where a row's shift is both certain and large enough to matter. */
export function alarmOf(answers: readonly RatedTwice[]): Alarm {
  const rows = answers.length === 0 ? [] : measureShift(answers);
  const rated = rows[0]?.shift.n ?? 0;
  const measured = rows.some(isShifted) ? 'shifted' : 'steady';
  return {
    state: rated < FEWEST ? 'unmeasured' : measured,
    anchors: answers.length,
    rated,
    rows,
    level: ALARM_LEVEL,
    minimalShift: ALARM_SHIFT,
  };
}

/** Whether a row sets off the alarm. */
export function isShifted({ shift, adjusted }: ShiftRow): boolean {
  if (adjusted === null || shift.value === null) return false;
  return adjusted <= ALARM_LEVEL && Math.abs(shift.value) > ALARM_SHIFT;
}

/** What changed in a judge between two runs, by the anchors that both of them judged. */
export interface DriftBetween {
  readonly judge: string;
  readonly shifted: boolean;
  readonly rows: readonly ShiftRow[];
  /** How it is known. */
  readonly by: 'both' | 'candidate' | 'baseline' | 'none';
  readonly servedChanged: boolean;
}

/**
 * A judge's shift from the baseline's run to the candidate's: on the anchors that both judged where
 * they did, else of the one that has anchors against their frozen ratings.
 */
export function driftBetween({
  candidate,
  baseline,
}: {
  readonly candidate: DriftInput;
  readonly baseline: DriftInput;
}): DriftBetween {
  const [after, before] = [measureDrift(candidate), measureDrift(baseline)];
  const common = commonAnchors(candidate, baseline);
  const both = alarmOf(common);
  const servedChanged =
    after.served.length > 0 &&
    before.served.length > 0 &&
    distinctServed([...after.served, ...before.served]).length > 1;
  const base = { judge: candidate.judge.name, servedChanged };
  if (both.state !== 'unmeasured')
    return { ...base, by: 'both', shifted: both.state === 'shifted', rows: both.rows };
  if (after.state !== 'unmeasured' && before.state === 'unmeasured')
    return { ...base, by: 'candidate', shifted: after.state === 'shifted', rows: after.rows };
  if (before.state !== 'unmeasured' && after.state === 'unmeasured')
    return { ...base, by: 'baseline', shifted: before.state === 'shifted', rows: before.rows };
  const worse = [after, before].find(({ state }) => state === 'shifted');
  return { ...base, by: 'none', shifted: worse !== undefined, rows: worse?.rows ?? [] };
}

function commonAnchors(candidate: DriftInput, baseline: DriftInput): RatedTwice[] {
  const before = new Map(
    baseline.probes
      .filter(({ judge }) => judge === baseline.judge.key)
      .map((probe) => [anchorSubjectSchema.parse(probe.subject).anchor, probe.rating]),
  );
  return candidate.probes
    .filter(({ judge }) => judge === candidate.judge.key)
    .flatMap((probe) => {
      const { anchor, culture, cluster } = anchorSubjectSchema.parse(probe.subject);
      const earlier = before.get(anchor);
      return earlier === undefined
        ? []
        : [{ culture, cluster, before: earlier, after: probe.rating }];
    });
}
