import type { RerunNoise } from '../../../series/scores/scored-series.ts';
import { detectableAt, neededDraws } from '../../../stats/tests/power.ts';
import type { FamilyEvidence } from '../evidence.ts';

const POWER = 0.8;
/** More questions than this are not worth naming: the difference sits on the margin. */
const QUESTIONS_NAMED = 100_000;

export interface Needed {
  /** What more data would show with 80 % power if the difference is the one seen. */
  readonly toShow: 'pass' | 'fail';
  /** Questions in this family; null where no sensible number would do. */
  readonly questions: number | null;
  /** Answers a question on the same questions; null where they cannot do it or reruns were not measured. */
  readonly answers: number | null;
}

export interface NeededOptions {
  readonly alpha: number;
  readonly margin: number;
  readonly minimalDrop: number;
  /** Families that the alarms are adjusted over. */
  readonly hypotheses: number;
  readonly rerun: readonly [RerunNoise | undefined, RerunNoise | undefined];
}

type Spread = Pick<FamilyEvidence, 'difference' | 'se' | 'n'>;

/**
 * What an undecided family lacks to exclude the margin at α, a distance of D + margin, or to prove a
 * drop, |D|, at α/m (Bonferroni's, which errs on the large side): the questions at which t finds that
 * distance with 80 % power, spread as here. null without a spread, or where neither can happen.
 */
export function neededToDecide(family: Spread, options: NeededOptions): Needed | null {
  const { difference, se, n } = family;
  if (difference === null || se === null || se === 0) return null;
  const { alpha, margin, minimalDrop, hypotheses, rerun } = options;
  const toShow = difference > -margin ? 'pass' : 'fail';
  if (toShow === 'fail' && difference > -minimalDrop + 1e-9) return null;
  const level = toShow === 'pass' ? alpha : alpha / hypotheses;
  const distance = toShow === 'pass' ? difference + margin : -difference;
  const questions = neededDraws(distance / (se * Math.sqrt(n)), { tail: level, flipped: false });
  const noncentrality = detectableAt({ se: 1, df: n - 1 }, { tail: level, power: POWER });
  const wanted = noncentrality === null ? 0 : distance / noncentrality;
  return {
    toShow,
    questions: questions === null || questions > QUESTIONS_NAMED ? null : questions,
    answers: neededAnswers({ n, se, wanted }, rerun),
  };
}

/** K = (σ²_A + σ²_B) / (n SE'² - ω²), ω² = n SE² - σ²_A/K_A - σ²_B/K_B (Miller 2024, §5). */
function neededAnswers(
  { n, se, wanted }: { readonly n: number; readonly se: number; readonly wanted: number },
  [candidate, baseline]: NeededOptions['rerun'],
): number | null {
  if (!candidate || !baseline) return null;
  const now = candidate.variance / candidate.answers + baseline.variance / baseline.answers;
  const between = Math.max(0, n * se * se - now);
  const noise = candidate.variance + baseline.variance;
  const room = n * wanted * wanted - between;
  return room > 0 && noise > 0 ? Math.ceil(noise / room) : null;
}
