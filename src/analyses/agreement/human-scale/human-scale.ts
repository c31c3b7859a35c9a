import { counted } from '../../../domain/counted.ts';
import type { Estimate } from '../../../domain/estimate.ts';
import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import { inPaperOrder } from '../../../series/names/order.ts';
import { normalCdf } from '../../../stats/distributions/normal.ts';
import { mean } from '../../../stats/means/describe.ts';
import { tInterval } from '../../../stats/means/intervals.ts';
import { stratifiedMean } from '../../../stats/means/stratified.ts';
import type { CalibrationMethod } from '../../../stats/scales/calibrate.ts';
import { type StratifiedPpi, stratifiedPpi } from '../../../stats/scales/stratified-ppi.ts';
import type { RatedAnswer } from '../levels/pairs.ts';
import { judgedQuestions, type SystemQuestions } from './data-points.ts';
import type { HumanScale, HumanScaleRow, Transfer } from './schema.ts';
import { carryMean, type PlacedLabel, testTransfer } from './transfer.ts';

/** Fewer human ratings than this calibrate nothing. */
const LEAST_LABELS = 20;

interface Carrying {
  readonly labels: readonly PlacedLabel[];
  readonly transfer: Transfer | null;
}

/**
 * Every model's mean on the human scale: from people's ratings of a random part of its own answers
 * (PPI++, stratified by culture), else by the curve of the labelled models, else refused. Empty
 * without any label.
 */
export function humanScale(
  answers: readonly RatedAnswer[],
  judges: readonly string[],
  method: CalibrationMethod,
): HumanScale[] {
  return judges.flatMap((judge): HumanScale[] => {
    const systems = judgedQuestions(answers, judge);
    const labels = systems.flatMap(labelsOf);
    if (labels.length === 0) return [];
    const transfer = labels.length < LEAST_LABELS ? null : testTransfer(labels, method);
    const rows = systems.flatMap((system) =>
      slicesOf(system).map(({ by, part }) =>
        rowOf({ judge, by, part, whole: system }, { labels, transfer }),
      ),
    );
    const carried = rows.some(({ basis }) => basis === 'carried');
    return [{ judge, rows, transfer: carried ? transfer : null }];
  });
}

function labelsOf({ name, questions }: SystemQuestions): PlacedLabel[] {
  return questions.flatMap(({ culture, cluster, judge, human }) =>
    human === null ? [] : { system: name, culture, cluster, judge, human },
  );
}

function slicesOf(system: SystemQuestions) {
  const cultures = culturesOf(system);
  return [
    { by: {}, part: system },
    ...(cultures.length > 1 ? cultures : []).map((culture) => ({
      by: { culture },
      part: {
        ...system,
        questions: system.questions.filter((question) => question.culture === culture),
      },
    })),
  ];
}

const culturesOf = ({ questions }: SystemQuestions) =>
  inPaperOrder('culture', new Set(questions.map(({ culture }) => culture)));

interface RowPlace {
  readonly judge: string;
  readonly by: HumanScaleRow['by'];
  readonly part: SystemQuestions;
  readonly whole: SystemQuestions;
}

function rowOf({ judge, by, part, whole }: RowPlace, carrying: Carrying): HumanScaleRow {
  const { questions } = part;
  const labels = labelsOf(part).length;
  const shared = {
    ...part.names,
    ...{ judge, by, labels },
    raw: mean(questions.map((question) => question.judge)),
  };
  const found = fromLabels(part);
  if (typeof found !== 'string')
    return {
      ...shared,
      basis: 'labels',
      estimate: estimateOf(found, { part, method: PPI_METHOD }),
      lambda: [...found.lambdas],
      gain: found.gain,
      randomP: randomness(part),
    };
  const bare = { ...shared, lambda: [], gain: null, randomP: null };
  // A curve is for models without labels enough of their own, as equal texts may bring a few by chance.
  const unlabelled = labelsOf(whole).length < LEAST_LABELS;
  const { transfer } = carrying;
  const carried =
    unlabelled && transfer !== null ? carryMean(questions, carrying.labels, transfer) : null;
  if (carried === null || transfer === null) {
    const why =
      labels === 0 && unlabelled ? `fewer than ${LEAST_LABELS} human ratings of any model` : found;
    return { ...bare, basis: 'refused', estimate: refusal(part, why) };
  }
  const models = new Set(carrying.labels.map(({ system }) => system)).size;
  const interval = carried.low === null ? 'no interval: how models differ is not known' : '95 % t';
  const method = `${transfer.method} calibration carried over from ${counted(models, 'model')} (${transfer.status}); ${interval}`;
  return { ...bare, basis: 'carried', estimate: estimateOf(carried, { part, method }) };
}

const PPI_METHOD = 'PPI++ stratified by culture; 95 % t';

/** The estimate, or why there is none. */
function fromLabels(system: SystemQuestions): StratifiedPpi | string {
  const labels = labelsOf(system).length;
  if (labels < LEAST_LABELS) return `${labels} human ratings: at least ${LEAST_LABELS} are needed`;
  const strata = strataOf(system);
  const bare = strata.filter(({ human }) => human.length < 2).map(({ culture }) => culture);
  if (bare.length > 0) return `fewer than 2 human ratings in: ${bare.join(', ')}`;
  return stratifiedPpi(strata) ?? 'no human rating';
}

function strataOf(system: SystemQuestions) {
  const { questions } = system;
  return culturesOf(system).map((culture) => {
    const own = questions.filter((question) => question.culture === culture);
    const rated = own.flatMap(({ judge, human }) => (human === null ? [] : { judge, human }));
    return {
      culture,
      weight: own.length / questions.length,
      human: rated.map(({ human }) => human),
      judge: rated.map(({ judge }) => judge),
      judgeOnly: own.flatMap(({ judge, human }) => (human === null ? judge : [])),
    };
  });
}

/** Two-sided normal p of the difference of the judge's means on rated and other answers, by culture. */
function randomness(system: SystemQuestions): number | null {
  const strata = strataOf(system).filter(
    ({ judge, judgeOnly }) => judge.length > 1 && judgeOnly.length > 1,
  );
  const weights = strata.map(({ weight }) => weight);
  const rated = stratifiedMean(
    strata.map(({ judge }) => ({ values: judge })),
    weights,
  );
  const others = stratifiedMean(
    strata.map(({ judgeOnly }) => ({ values: judgeOnly })),
    weights,
  );
  if (rated?.se == null || others?.se == null) return null;
  const se = Math.hypot(rated.se, others.se);
  return se === 0 ? null : 2 * normalCdf(-Math.abs(rated.mean - others.mean) / se);
}

function estimateOf(
  found:
    | StratifiedPpi
    | { readonly mean: number; readonly low: number | null; readonly high: number | null },
  { part, method }: { readonly part: SystemQuestions; readonly method: string },
): Estimate {
  const interval = 'se' in found ? tInterval(found) : found;
  const { low = null, high = null } = interval ?? {};
  const value = Math.min(RATING_MAX, Math.max(RATING_MIN, found.mean));
  return {
    value,
    low: low === null ? null : Math.min(value, Math.max(RATING_MIN, low)),
    high: high === null ? null : Math.max(value, Math.min(RATING_MAX, high)),
    n: part.questions.length,
    missing: part.missing,
    method,
  };
}

function refusal({ questions, missing }: SystemQuestions, why: string): Estimate {
  return {
    value: null,
    low: null,
    high: null,
    n: questions.length,
    missing,
    method: `refused: ${why}`,
  };
}
