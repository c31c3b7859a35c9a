import { OperatorError } from '../../../domain/errors.ts';
import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { SCALE_RANGES } from '../../../domain/solution.ts';
import {
  type CommonQuestions,
  commonQuestions,
} from '../../../series/contrasts/common-questions.ts';
import {
  type ContrastDesign,
  contrastDesign,
  type DesignRow,
} from '../../../series/contrasts/strata.ts';
import type { ScoredSeries } from '../../../series/scores/scored-series.ts';
import { pick } from '../../../stats/at.ts';
import { mcNemarExact } from '../../../stats/distributions/binomial.ts';
import { pairCells } from '../../comparison/difference.ts';
import type { FamilyEvidence, Gaps, GateEvidence, GatePair } from '../evidence.ts';
import { type Alarm, flipAlarms, robustAlarms } from './alarms.ts';
import { type BoundedDifference, boundedDifference } from './bounds.ts';
import { completed } from './worst-case.ts';

/** Two series to hold against each other. */
export interface SeriesPair {
  readonly candidate: ScoredSeries;
  readonly baseline: ScoredSeries;
}

export interface PairedOptions {
  /** Compare in spite of different judges. */
  readonly bridge: boolean;
  readonly flips?: number;
}

/** Measures candidates against baselines question by question. Throws OperatorError. */
export function measurePaired(
  pairs: readonly SeriesPair[],
  policy: GatePolicy,
  { bridge, flips }: PairedOptions,
): GateEvidence {
  const other = pairs.find(({ candidate, baseline }) => candidate.judgeKey !== baseline.judgeKey);
  if (other && !bridge) throw new OperatorError(differentJudges(other));
  const series = pairs.flatMap(({ candidate, baseline }) => [candidate, baseline]);
  const common = commonQuestions(series);
  const design = contrastDesign(common.questions, series[0]?.scale ?? 'rating');
  const rows = familyRows(design);
  const sides = series.map((entry) => sideOf(entry, common));
  const atHand = pairs.map((_, pair) => ({
    candidate: pick(sides, 2 * pair),
    baseline: pick(sides, 2 * pair + 1),
  }));
  const measured = atHand.map(({ candidate, baseline }) => {
    const cells = pairCells(design, candidate.ratings, baseline.ratings);
    return rows.map((row) => boundedDifference(cells, row, policy.alpha));
  });
  const alarms = robustAlarms(
    flipAlarms(
      design,
      rows,
      atHand.map(({ candidate, baseline }) => differences(candidate, baseline)),
      { ...policy, ...(flips ? { flips } : {}) },
    ),
    measured.map((own) => own.map((found) => found?.dropP ?? null)),
  );
  return {
    design: 'paired',
    bridged: other !== undefined,
    pairs: pairs.map((pair, index) => describePair(pair, common, index)),
    families: atHand.flatMap((pair, index) =>
      rows.map((row, place) =>
        familyOf({
          ...pair,
          design,
          row,
          pair: index,
          found: pick(pick(measured, index), place),
          alpha: policy.alpha,
          alarm: pick(pick(alarms, index), place),
        }),
      ),
    ),
  };
}

/** Total and cultures: categories and cells are for reports, not for gates. */
export function familyRows({ rows }: ContrastDesign): DesignRow[] {
  return rows.filter(
    ({ family, by }) => family === 'total' || (family === 'slices' && by.category === undefined),
  );
}

/** One series over the common questions. */
interface Side {
  readonly ratings: readonly (number | null)[];
  readonly gaps: readonly Gaps[];
  /** Question means with all that is missing at the scale's lowest, and highest. */
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
}

function sideOf({ rows, scale }: ScoredSeries, { questions }: CommonQuestions): Side {
  const { low, high } = SCALE_RANGES[scale];
  const indexed = new Map(rows.map((row) => [row.item, row]));
  const own = questions.flatMap(({ item }) => indexed.get(item) ?? []);
  return {
    ratings: own.map(({ rating }) => rating),
    gaps: own.map(({ planned, rated }) => ({ planned, missing: planned - rated })),
    lowest: own.map((row) => completed(row, low)),
    highest: own.map((row) => completed(row, high)),
  };
}

function differences(candidate: Side, baseline: Side): (number | null)[] {
  return candidate.ratings.map((rating, question) => {
    const other = pick(baseline.ratings, question);
    return rating === null || other === null ? null : rating - other;
  });
}

function describePair(
  { candidate, baseline }: SeriesPair,
  { leftOut, ratings }: CommonQuestions,
  index: number,
): GatePair {
  const [own, others] = [pick(ratings, 2 * index), pick(ratings, 2 * index + 1)];
  const onlyOne = (misses: readonly (number | null)[], has: readonly (number | null)[]) =>
    misses.filter((rating, question) => rating === null && pick(has, question) !== null).length;
  return {
    scale: candidate.scale,
    candidate: candidate.label,
    baseline: baseline.label,
    identical: own.every((rating, question) => rating === pick(others, question)),
    uneven: { test: 'McNemar', p: mcNemarExact(onlyOne(own, others), onlyOne(others, own)) },
    rerun: [candidate.rerun, baseline.rerun],
    leftOut: { candidate: pick(leftOut, 2 * index), baseline: pick(leftOut, 2 * index + 1) },
  };
}

interface FamilyAtHand {
  readonly candidate: Side;
  readonly baseline: Side;
  readonly design: ContrastDesign;
  readonly row: DesignRow;
  readonly pair: number;
  readonly found: BoundedDifference | null;
  readonly alpha: number;
  readonly alarm: Alarm;
}

function familyOf(family: FamilyAtHand): FamilyEvidence {
  const { candidate, baseline, design, row, pair, found, alpha, alarm } = family;
  const gaps = {
    candidate: gapsIn(candidate.gaps, design, row),
    baseline: gapsIn(baseline.gaps, design, row),
  };
  const complete = gaps.candidate.missing + gaps.baseline.missing === 0;
  const worst = complete
    ? found
    : boundedDifference(pairCells(design, candidate.lowest, baseline.highest), row, alpha);
  const { culture } = row.by;
  return {
    pair,
    by: culture === undefined ? {} : { culture },
    difference: found?.difference ?? null,
    se: found?.se ?? null,
    lower: found?.bounds?.low ?? null,
    upper: found?.bounds?.high ?? null,
    ...alarm,
    n: found?.n ?? 0,
    gaps,
    worstLower: worst?.bounds?.low ?? null,
  };
}

function gapsIn(gaps: readonly Gaps[], { cellOf }: ContrastDesign, { weights }: DesignRow): Gaps {
  const inside = gaps.filter((_, question) => pick(weights, pick(cellOf, question)) > 0);
  return {
    planned: inside.reduce((sum, { planned }) => sum + planned, 0),
    missing: inside.reduce((sum, { missing }) => sum + missing, 0),
  };
}

function differentJudges({ candidate, baseline }: SeriesPair): string {
  return `${candidate.label} and ${baseline.label} were not rated by the same judge with the same rubrics, so that a drop may be the judges'. Rate both with one judge, or pass --allow-mixed-judges to hold them against each other all the same.`;
}
