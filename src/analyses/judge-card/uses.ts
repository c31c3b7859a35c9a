import { counted } from '../../domain/counted.ts';
import type { Estimate } from '../../domain/estimate.ts';
import { normalQuantile } from '../../stats/distributions/normal.ts';
import { standsOut } from '../audit/schema.ts';
import type { CardUse, JudgeCard } from './schema.ts';

/** What the rules go by. */
export type CardFigures = Omit<JudgeCard, 'version' | 'verdict' | 'uses' | 'cautions'>;

const IMPORT_RATINGS = 'care-judge import ratings FILE';

const points = (value: number) => value.toFixed(2);
/** Rounded up: a bound must not become smaller by being printed. */
const upwards = (value: number) => Math.ceil(100 * value - 1e-9) / 100;

const unknown = (use: CardUse['use'], because: string, measure: string | null = null): CardUse => ({
  use,
  may: 'unknown',
  least: null,
  because,
  measure,
});
const no = (use: CardUse['use'], because: string): CardUse => ({
  ...{ use, may: 'no', least: null, because, measure: null },
});

/** Every use with its answer; cultures are left out of runs that have one. */
export function usesOf(figures: CardFigures): CardUse[] {
  return [
    withinCulture(figures),
    ...(figures.cultures.length > 1 ? [acrossCultures(figures)] : []),
    singleAnswers(figures),
    overTime(figures),
    otherJudges(figures),
  ];
}

/** Fewer questions of a model and culture than this say too little of the judge's error there. */
const LEAST_QUESTIONS = 10;

/**
 * Comparing models within a culture. Unknown without ratings by people or without 10 pairs in a
 * culture × model. No, where the correlation with people inside culture × model is not shown to be
 * above 0. Yes, for differences of at least X: within each culture, what the judge gives two models
 * above what people give the same answers is compared for every two models of which people rated
 * answers to 10 questions; X is the largest |e₁ - e₂| + √(h₁² + h₂²), h half of the 95 % interval, and
 * no less than what an audit's interval allows its preference for its own family to be. Unknown where
 * no culture has two such models.
 */
function withinCulture({ agreement, errors, audits }: CardFigures): CardUse {
  const use = 'within-culture';
  if (agreement === null) return unknown(use, 'nobody has rated its answers', IMPORT_RATINGS);
  const within = agreement.levels.find(({ level }) => level === 'within')?.figures.pearson;
  if (within?.value == null || within.low === null)
    return unknown(
      use,
      'people have not rated ten answers of a model in a culture',
      IMPORT_RATINGS,
    );
  const follows = `within culture and model r with people is ${points(within.value)} (${points(within.low)} to ${points(within.high ?? within.value)})`;
  if (within.low <= 0) return no(use, `it is not shown to follow people: ${follows}`);
  const widest = unevenPairs(errors).toSorted((a, b) => b.bound - a.bound)[0];
  if (!widest)
    return unknown(
      use,
      `${follows}, but people have not rated answers of two models to ten questions of a culture, so that it may be kinder to one model than to another`,
      IMPORT_RATINGS,
    );
  const kin = kinBound(audits);
  return {
    use,
    may: 'yes',
    least: upwards(Math.max(widest.bound, kin ?? 0)),
    because: `${follows}, and ${kin !== null && kin > widest.bound ? 'by its audit it may rate its own family otherwise by up to that' : `held against people it may be kinder to ${widest.kinder} than to ${widest.other} by up to that (${widest.culture})`}; this speaks for models like those that people rated`,
    measure: null,
  };
}

interface UnevenPair {
  readonly culture: string;
  readonly kinder: string;
  readonly other: string;
  readonly bound: number;
}

/** Every two models of a culture with the largest difference of the judge's errors. */
function unevenPairs(errors: CardFigures['errors']): UnevenPair[] {
  const known = errors.flatMap(({ model, culture, error }) => {
    const half = halfOf(error);
    if (error.value === null || half === null || error.n < LEAST_QUESTIONS) return [];
    return [{ model, culture, error: error.value, half }];
  });
  return known.flatMap((one, index) =>
    known.slice(index + 1).flatMap((other): UnevenPair[] => {
      if (one.culture !== other.culture) return [];
      const [kinder, harsher] = one.error >= other.error ? [one, other] : [other, one];
      const bound = kinder.error - harsher.error + Math.hypot(one.half, other.half);
      return [{ culture: one.culture, kinder: kinder.model, other: harsher.model, bound }];
    }),
  );
}

/** Half of the interval, the longer side where it is lopsided; null without one. */
function halfOf({ value, low, high }: Estimate): number | null {
  if (value === null || low === null || high === null) return null;
  return Math.max(value - low, high - value);
}

/** How large a preference for or against its own family the audits allow; null where none measured it. */
function kinBound(audits: CardFigures['audits']): number | null {
  const bounds = audits.flatMap(({ findings }) =>
    findings.flatMap((finding) => {
      if (finding.measure !== 'self-preference' || finding.state !== 'measured') return [];
      const { low = null, high = null } = finding.rows[0]?.shift ?? {};
      return low === null || high === null ? [] : [Math.abs(low), Math.abs(high)];
    }),
  );
  return bounds.length === 0 ? null : Math.max(...bounds);
}

/**
 * Comparing cultures. No, where the judge's bias against people differs between two cultures (their
 * difference is larger than √(h₁² + h₂²), widened by Bonferroni over all pairs of cultures) or an audit finds an effect that is a culture's own. Unknown
 * without people's ratings in two cultures. Else yes, for differences of at least the largest
 * |b₁ - b₂| + √(h₁² + h₂²).
 */
function acrossCultures({ agreement, audits }: CardFigures): CardUse {
  const use = 'across-cultures';
  const gaps = biasGaps(agreement?.cultures ?? []);
  const proven = gaps.find(({ gap, half }) => gap > half);
  if (proven)
    return no(
      use,
      `held against people it rates ${proven.higher} ${points(proven.gap)} higher than ${proven.lower} (± ${points(proven.half)})`,
    );
  const apart = audits.flatMap(({ findings }) =>
    findings.flatMap((finding) =>
      finding.state === 'measured' ? standsOut(finding).apart.map(({ culture }) => culture) : [],
    ),
  );
  if (apart.length > 0)
    return no(
      use,
      `an audit found effects that are other in ${[...new Set(apart)].join(' and ')} than elsewhere`,
    );
  const [widest] = gaps;
  if (!widest)
    return unknown(use, 'people have not rated its answers in two cultures', IMPORT_RATINGS);
  return {
    use,
    may: 'yes',
    least: upwards(widest.gap + widest.half),
    because: `held against people it may rate ${widest.higher} higher than ${widest.lower} by up to that; this takes the cultures’ raters to be equally strict, which nothing here can show`,
    measure: null,
  };
}

/** Every two cultures, those first whose bias may differ most; intervals for all pairs together (Bonferroni). */
function biasGaps(cultures: NonNullable<CardFigures['agreement']>['cultures']) {
  const pairs = Math.max(1, (cultures.length * (cultures.length - 1)) / 2);
  const wider = normalQuantile(1 - 0.025 / pairs) / normalQuantile(0.975);
  return cultures
    .flatMap((one, index) =>
      cultures.slice(index + 1).flatMap((other) => {
        const halves = [halfOf(one.bias), halfOf(other.bias)];
        const [own, others] = halves;
        if (own == null || others == null) return [];
        if (one.bias.value === null || other.bias.value === null) return [];
        const gap = one.bias.value - other.bias.value;
        const [higher, lower] = gap >= 0 ? [one, other] : [other, one];
        const half = wider * Math.hypot(own, others);
        return [{ higher: higher.culture, lower: lower.culture, gap: Math.abs(gap), half }];
      }),
    )
    .toSorted((a, b) => b.gap + b.half - a.gap - a.half);
}

/**
 * Taking single ratings at their word: how much farther the judge is from a person than two people are
 * from each other, on the same answers. Yes, where the whole interval of that lies at or below 0; no,
 * where it lies above; else unknown, as it is where no answer has two raters.
 */
function singleAnswers({ agreement, singles }: CardFigures): CardUse {
  const use = 'single-answers';
  if (agreement === null) return unknown(use, 'nobody has rated its answers', IMPORT_RATINGS);
  if (singles?.value == null)
    return unknown(
      use,
      'no answer has two raters to say how far people are from each other',
      IMPORT_RATINGS,
    );
  const { value, low, high, n } = singles;
  const farther = `on ${counted(n, 'answer')} that two people rated it is ${points(Math.abs(value))} points ${value > 0 ? 'farther from' : 'nearer to'} a person than they are from each other`;
  if (low === null || high === null)
    return unknown(use, `${farther}: too few to say how sure that is`, IMPORT_RATINGS);
  const both = `${farther} (difference ${points(low)} to ${points(high)})`;
  if (high <= 0) return { use, may: 'yes', least: null, because: both, measure: null };
  return low > 0 ? no(use, both) : unknown(use, `${both}: too few ratings to tell`, IMPORT_RATINGS);
}

/**
 * Comparing with what it rated before. No, where anchors show drift in a run. Yes, where every run's
 * are steady, for differences of at least the shift that would have shown and the smallest that alarms.
 * Else unknown.
 */
function overTime({ drift, runs }: CardFigures): CardUse {
  const use = 'over-time';
  const shifted = drift.filter(({ state }) => state === 'shifted');
  if (shifted.length > 0)
    return no(
      use,
      `its anchors show that it has drifted (${shifted.map(({ run }) => run).join(', ')}): do not compare with ratings from before`,
    );
  const steady = drift.filter(({ state }) => state === 'steady');
  if (steady.length > 0 && steady.length === drift.length) {
    const shows = steady.map(({ rows, minimalShift }) =>
      Math.max(minimalShift, rows[0]?.detectable ?? 0),
    );
    return {
      use,
      may: 'yes',
      least: upwards(Math.max(...shows)),
      because: 'its anchors are steady, and a shift of that size would have shown',
      measure: null,
    };
  }
  return unknown(
    use,
    'no anchors were judged again, or too few',
    `care-judge anchors ${runs[0] ?? 'RUN'} --out anchors.jsonl`,
  );
}

/**
 * Setting its ratings beside another judge's. No, where on the same answers it differs from one of the
 * runs' other judges in a culture (95 % interval without 0). Yes, for differences of at least the
 * largest end of those intervals; unknown without another judge of the same answers.
 */
function otherJudges({ bridges }: CardFigures): CardUse {
  const use = 'other-judges';
  const shifts = bridges.flatMap(({ old, cultures }) =>
    cultures.map(({ culture, shift }) => ({ judge: old.name, culture, shift })),
  );
  if (shifts.length === 0)
    return unknown(use, 'no other judge has rated the same answers', 'care-judge equate OLD NEW');
  const [apart] = shifts
    .flatMap(({ judge, culture, shift: { value, low, high } }) => {
      if (value === null || low === null || high === null) return [];
      return low > 0 || high < 0 ? [{ judge, culture, value }] : [];
    })
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (apart)
    return no(
      use,
      `it rates the same answers ${points(Math.abs(apart.value))} ${apart.value > 0 ? 'higher' : 'lower'} than ${apart.judge} (${apart.culture}); care-judge equate carries means over`,
    );
  const ends = shifts.flatMap(({ shift: { low, high } }) =>
    low === null || high === null ? [] : [Math.abs(low), Math.abs(high)],
  );
  if (ends.length === 0)
    return unknown(
      use,
      'no other judge has rated enough of the same answers',
      'care-judge equate OLD NEW',
    );
  return {
    use,
    may: 'yes',
    least: upwards(Math.max(...ends)),
    because: `on the same answers it may differ from ${[...new Set(shifts.map(({ judge }) => judge))].join(' and ')} by up to that`,
    measure: null,
  };
}
