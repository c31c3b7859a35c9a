import { OperatorError } from '../../domain/errors.ts';
import type { GatePolicy } from '../../domain/gate-policy.ts';
import { commonQuestions } from '../../series/contrasts/common-questions.ts';
import { differenceInterval } from '../../series/contrasts/difference-interval.ts';
import { contrastDesign } from '../../series/contrasts/strata.ts';
import type { ScoredSeries } from '../../series/scores/scored-series.ts';
import { pick } from '../../stats/at.ts';
import { differenceOf, pairCells } from '../comparison/difference.ts';
import { familyRows } from './differences/paired.ts';
import type { FamilySlice } from './evidence.ts';
import { marginOf } from './rules/families.ts';

/**
 * Margins of this many standard errors let about 95 % of unchanged models pass, all families
 * together (simulated for total and three cultures).
 */
const ERRORS_IN_TOTAL = 3.7;
const ERRORS_IN_CULTURE = 4;
/** Family-wise level at which a model must not differ from itself. */
const LEVEL = 0.05;
/** Proposed margins are rounded up to this. */
const STEP = 0.05;

export interface FamilyRepeat {
  readonly by: FamilySlice;
  /** First - second, over questions rated both times. */
  readonly difference: number;
  /** 95 % for all families together (Bonferroni). */
  readonly low: number;
  readonly high: number;
  readonly se: number;
  readonly n: number;
  readonly coversZero: boolean;
  /** Smallest margin that an unchanged model is likely to pass, and the same rounded up. */
  readonly least: number;
  readonly proposed: number;
  /** The policy's margin, whether it is reachable, and else by how many times as many answers. */
  readonly margin: number;
  readonly reachable: boolean;
  readonly timesAnswers: number;
}

export interface Repeatability {
  readonly version: 1;
  readonly first: string;
  readonly second: string;
  /** No family differs from itself. */
  readonly repeatable: boolean;
  readonly families: readonly FamilyRepeat[];
  /** For `margins` of a policy. */
  readonly proposal: { readonly total: number; readonly culture: number };
}

/** Holds a model against itself, asked twice. Throws OperatorError where that says nothing. */
export function measureRepeatability(
  first: ScoredSeries,
  second: ScoredSeries,
  policy: GatePolicy,
): Repeatability {
  if (first.judgeKey !== second.judgeKey)
    throw new OperatorError(
      `${first.label} and ${second.label} were not rated by the same judge with the same rubrics: that is no run against itself.`,
    );
  const { questions, ratings } = commonQuestions([first, second]);
  const { scale } = first;
  const design = contrastDesign(questions, scale);
  const cells = pairCells(design, pick(ratings, 0), pick(ratings, 1));
  const rows = familyRows(design);
  const families = rows.flatMap((row) => {
    const found = differenceOf(cells, row);
    if (!found?.se || found.df === null) return [];
    const { difference, se, df, n } = found;
    const level = 1 - LEVEL / rows.length;
    const interval = differenceInterval({ mean: difference, se, df }, { scale, level });
    const { culture } = row.by;
    const by = culture === undefined ? {} : { culture };
    return interval ? [familyRepeat({ by, difference, se, n, ...interval }, policy)] : [];
  });
  const [total] = families.filter(({ by }) => by.culture === undefined);
  if (!total)
    throw new OperatorError(
      'Every question has the same rating both times, so that nothing can be said about chance. Two runs in one store share their answers: ask for two answers a question (`trials: { responses: 2 }`) and give that run alone, or make the second run in a store of its own. At temperature 0 answers may really not vary; then use temperature.',
    );
  const cultures = families.filter(({ by }) => by.culture !== undefined);
  return {
    version: 1,
    first: first.label,
    second: second.label,
    repeatable: families.every(({ coversZero }) => coversZero),
    families,
    proposal: {
      total: total.proposed,
      culture: Math.max(total.proposed, ...cultures.map(({ proposed }) => proposed)),
    },
  };
}

type Measured = Pick<FamilyRepeat, 'by' | 'difference' | 'se' | 'n' | 'low' | 'high'>;

function familyRepeat(measured: Measured, policy: GatePolicy): FamilyRepeat {
  const { by, se, low, high } = measured;
  const least = se * (by.culture === undefined ? ERRORS_IN_TOTAL : ERRORS_IN_CULTURE);
  const margin = marginOf(by, policy);
  return {
    ...measured,
    coversZero: low <= 0 && high >= 0,
    least,
    // Multiplied and divided as whole numbers: 0.15 in place of 0.15000000000000002.
    proposed: Math.ceil(least / STEP - 1e-9) / Math.round(1 / STEP),
    margin,
    reachable: least <= margin,
    timesAnswers: Math.ceil((least / margin) ** 2),
  };
}
