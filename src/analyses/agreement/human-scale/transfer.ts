import { differenceInterval } from '../../../series/contrasts/difference-interval.ts';
import { studentTCdf } from '../../../stats/distributions/student-t.ts';
import {
  codeLabels,
  estimateClusteredMean,
  mean,
  variance,
} from '../../../stats/means/describe.ts';
import { tInterval } from '../../../stats/means/intervals.ts';
import {
  CALIBRATIONS,
  type Calibration,
  type CalibrationMethod,
  type Label,
} from '../../../stats/scales/calibrate.ts';
import { holm } from '../../../stats/tests/multiplicity.ts';
import type { Transfer, TransferTest } from './schema.ts';

/** A label with what it hangs together with. */
export interface PlacedLabel extends Label {
  readonly system: string;
  readonly culture: string;
  readonly cluster: string;
}

/** Fewer labels of a culture than this share one curve with the others. */
const OWN_CURVE_FROM = 20;
/** Fewer labels of a model than this say nothing about the curve's fit for it. */
const TESTED_FROM = 5;
const LEVEL = 0.05;
const FOLDS = 20;

type CurveOf = (culture: string) => Calibration;

/** How curves are made; decided on all labels, so that folds of them are treated alike. */
interface CurveDesign {
  readonly method: CalibrationMethod;
  readonly byCulture: boolean;
}

/** One curve for each culture, or one for all. null for no label. */
function makeCurves(
  labels: readonly PlacedLabel[],
  { method, byCulture }: CurveDesign,
): CurveOf | null {
  const calibrate = CALIBRATIONS[method];
  const all = calibrate(labels);
  if (all === null) return null;
  if (!byCulture) return () => all;
  const own = new Map(
    distinct(labels, 'culture').map((culture) => [
      culture,
      calibrate(labels.filter((label) => label.culture === culture)) ?? all,
    ]),
  );
  return (culture) => own.get(culture) ?? all;
}

function designOf(labels: readonly PlacedLabel[], method: CalibrationMethod): CurveDesign {
  const byCulture = distinct(labels, 'culture').every(
    (culture) => labels.filter((label) => label.culture === culture).length >= OWN_CURVE_FROM,
  );
  return { method, byCulture };
}

const distinct = (labels: readonly PlacedLabel[], field: 'culture' | 'system') => [
  ...new Set(labels.map((label) => label[field])),
];

/**
 * Tests whether a curve made on some models holds for another: each model's mean residual under the
 * curve of all others, and each culture's under that of all cultures where they share one. t clustered
 * by question, adjusted by Holm. `between` is the variance that a further model's mean residual has
 * beyond sampling: mean of the squared residuals less their squared errors.
 */
export function testTransfer(labels: readonly PlacedLabel[], method: CalibrationMethod): Transfer {
  const design = designOf(labels, method);
  const models = residualTests(labels, 'system', design);
  const cultures = design.byCulture ? [] : residualTests(labels, 'culture', design);
  const found = [...models, ...cultures];
  const adjusted = holm(found.map(({ p }) => p));
  const tests = found.map(({ se: _se, ...test }, index) => ({
    ...test,
    adjusted: adjusted[index] ?? 1,
  }));
  const excess = mean(models.map(({ residual, se }) => residual ** 2 - se ** 2)) ?? 0;
  return {
    ...design,
    labels: labels.length,
    models: models.length,
    status: statusOf(models.length, tests),
    between: models.length < 2 ? 0 : Math.max(0, excess),
    tests,
  };
}

function statusOf(models: number, tests: readonly TransferTest[]): Transfer['status'] {
  if (tests.some(({ adjusted }) => adjusted < LEVEL)) return 'contradicted';
  return models < 2 ? 'unchecked' : 'supported';
}

type RawTest = Omit<TransferTest, 'adjusted'> & { readonly se: number };

/** Each group under the curve of all others. */
function residualTests(
  labels: readonly PlacedLabel[],
  field: 'culture' | 'system',
  design: CurveDesign,
): RawTest[] {
  return distinct(labels, field).flatMap((name): RawTest[] => {
    const own = labels.filter((label) => label[field] === name);
    const others = labels.filter((label) => label[field] !== name);
    if (others.length < OWN_CURVE_FROM || own.length < TESTED_FROM) return [];
    const found = residualTest(own, others, design);
    if (found === null) return [];
    return [
      { field: field === 'system' ? 'model' : 'culture', name, labels: own.length, ...found },
    ];
  });
}

function residualTest(
  own: readonly PlacedLabel[],
  others: readonly PlacedLabel[],
  design: CurveDesign,
): Pick<RawTest, 'residual' | 'low' | 'high' | 'p' | 'se'> | null {
  const curve = makeCurves(others, design);
  if (curve === null) return null;
  const estimate = estimateClusteredMean(
    own.map((label) => residualOf(label, curve)),
    own.map(({ cluster }) => cluster),
  );
  if (estimate === null || estimate.se === 0) return null;
  // The curve has an error of its own: about that of the mean of its labels.
  const ofCurve = variance(others.map((label) => residualOf(label, curve))) ?? 0;
  const { mean: residual, df } = estimate;
  const se = Math.sqrt(estimate.se ** 2 + ofCurve / others.length);
  const interval = differenceInterval({ mean: residual, se, df });
  return {
    residual,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    p: 2 * studentTCdf(-Math.abs(residual) / se, df),
    se,
  };
}

const residualOf = ({ culture, judge, human }: PlacedLabel, curve: CurveOf) =>
  human - curve(culture)(judge);

/** A question's rating by the judge, under a model without labels. */
export interface JudgedUnit {
  readonly culture: string;
  readonly judge: number;
}

/** The mean on the human scale of a model that nobody rated. */
export interface CarriedMean {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Mean of the calibrated ratings. V = Var(g(f)) / N over the model's own questions + the labels' share
 * (jackknife over up to 20 folds of labelled questions) + what models differ by beyond the curve;
 * Satterthwaite's t, with (models - 1) degrees of freedom for the last. No interval below two models.
 */
export function carryMean(
  units: readonly JudgedUnit[],
  labels: readonly PlacedLabel[],
  transfer: Pick<Transfer, 'method' | 'byCulture' | 'between' | 'models'>,
): CarriedMean | null {
  const curve = makeCurves(labels, transfer);
  if (curve === null || units.length < 2) return null;
  const meanUnder = (some: CurveOf) =>
    units.reduce((sum, { culture, judge }) => sum + some(culture)(judge), 0) / units.length;
  const centre = meanUnder(curve);
  const codes = codeLabels(labels.map(({ cluster }) => cluster));
  const folds = Math.min(FOLDS, new Set(codes).size);
  const left = Array.from({ length: folds }, (_, fold) => {
    const kept = makeCurves(
      labels.filter((_, index) => (codes[index] ?? 0) % folds !== fold),
      transfer,
    );
    return kept === null ? centre : meanUnder(kept);
  });
  const ofLabels = ((folds - 1) ** 2 / folds) * (variance(left) ?? 0);
  // One labelled model does not say how far models differ, and no interval may pretend to.
  if (transfer.models < 2) return { mean: centre, low: null, high: null };
  const sampled = ofLabels + samplingVariance(units, curve);
  const total = sampled + transfer.between;
  const df =
    total ** 2 /
    (sampled ** 2 / Math.max(1, labels.length - 2) +
      transfer.between ** 2 / Math.max(1, transfer.models - 1));
  const interval = tInterval({ mean: centre, se: Math.sqrt(total), df });
  return { mean: centre, low: interval?.low ?? null, high: interval?.high ?? null };
}

/** Cultures are fixed strata in the proportions of their questions. */
function samplingVariance(units: readonly JudgedUnit[], curve: CurveOf): number {
  const cultures = [...new Set(units.map(({ culture }) => culture))];
  return cultures.reduce((sum, culture) => {
    const own = units.filter((unit) => unit.culture === culture);
    const spread = variance(own.map(({ judge }) => curve(culture)(judge))) ?? 0;
    return sum + (own.length * spread) / units.length ** 2;
  }, 0);
}
