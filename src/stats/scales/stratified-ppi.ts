import { pick } from '../at.ts';
import { type MeanEstimate, mean, variance } from '../means/describe.ts';
import { type PpiInput, predictionPoweredMean, tuneLambda } from './ppi.ts';

export interface PpiStratum extends PpiInput {
  /** Share of the whole: weights of all strata add up to 1. */
  readonly weight: number;
}

/** A stratified mean on the human scale; n counts human ratings. */
export interface StratifiedPpi extends MeanEstimate {
  /** The strata's λ in their order. */
  readonly lambdas: readonly number[];
  /** Squared error of the human ratings alone over that of this: 2 is worth twice the ratings. */
  readonly gain: number;
}

/** Below this many human ratings a stratum takes the λ of all strata together. */
const OWN_LAMBDA_FROM = 20;

/**
 * θ = Σ w_c θ_c, V = Σ w_c² V_c over prediction-powered means of strata (Fisch et al. 2024, arXiv
 * 2406.04291), λ tuned by stratum where it has 20 human ratings, else over all strata, each about
 * its own mean. Satterthwaite's df. A stratum without answers left for the judge alone takes the
 * human mean. null where a stratum has fewer than two human ratings.
 */
export function stratifiedPpi(strata: readonly PpiStratum[]): StratifiedPpi | null {
  if (strata.length === 0 || strata.some(({ human }) => human.length < 2)) return null;
  const common = tuneLambda(aboutMeans(strata));
  const lambdas = strata.map((stratum) => lambdaOf(stratum, common));
  let centre = 0;
  let squaredError = 0;
  let squaredHuman = 0;
  let satterthwaite = 0;
  strata.forEach((stratum, index) => {
    const n = stratum.human.length;
    const human = (variance(stratum.human) ?? 0) / n;
    const found = predictionPoweredMean(stratum, pick(lambdas, index));
    const part = stratum.weight ** 2 * (found ? found.se ** 2 : human);
    centre += stratum.weight * (found ? found.mean : (mean(stratum.human) ?? 0));
    squaredError += part;
    squaredHuman += stratum.weight ** 2 * human;
    satterthwaite += part ** 2 / (n - 1);
  });
  return {
    mean: centre,
    se: Math.sqrt(squaredError),
    df: squaredError > 0 ? squaredError ** 2 / satterthwaite : 0,
    n: strata.reduce((sum, { human }) => sum + human.length, 0),
    lambdas,
    gain: squaredError > 0 ? squaredHuman / squaredError : 1,
  };
}

function lambdaOf(stratum: PpiStratum, common: number): number {
  if (stratum.judgeOnly.length < 2) return 0;
  return stratum.human.length >= OWN_LAMBDA_FROM ? tuneLambda(stratum) : common;
}

/** All strata as one, what lies between them taken out. */
function aboutMeans(strata: readonly PpiStratum[]): PpiInput {
  const centred = strata.map(({ human, judge, judgeOnly }) => {
    const ofHuman = mean(human) ?? 0;
    const ofJudge = mean([...judge, ...judgeOnly]) ?? 0;
    return {
      human: human.map((rating) => rating - ofHuman),
      judge: judge.map((rating) => rating - ofJudge),
      judgeOnly: judgeOnly.map((rating) => rating - ofJudge),
    };
  });
  return {
    human: centred.flatMap(({ human }) => human),
    judge: centred.flatMap(({ judge }) => judge),
    judgeOnly: centred.flatMap(({ judgeOnly }) => judgeOnly),
  };
}
