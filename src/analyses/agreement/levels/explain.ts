import { counted } from '../../../domain/counted.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import type { Agreement, AgreementLevel, BetweenShares, LevelFigures } from '../schema.ts';
import type { RatingPair } from './pairs.ts';

/** η² = between-group over total sum of squares; null where nothing varies or no value has a group. */
function betweenShare(
  values: readonly number[],
  groups: readonly (string | null)[],
): number | null {
  const own = values.filter((_, index) => groups[index] !== null);
  const labels = groups.filter((group) => group !== null);
  if (own.length === 0) return null;
  const codes = codeLabels(labels);
  const centre = own.reduce((sum, value) => sum + value, 0) / own.length;
  const sums = new Map<number, { sum: number; n: number }>();
  let total = 0;
  own.forEach((value, index) => {
    const code = codes[index] ?? 0;
    const group = sums.get(code) ?? { sum: 0, n: 0 };
    sums.set(code, { sum: group.sum + value - centre, n: group.n + 1 });
    total += (value - centre) ** 2;
  });
  if (total <= 1e-9 * own.length) return null;
  return [...sums.values()].reduce((between, { sum, n }) => between + sum ** 2 / n, 0) / total;
}

export function betweenShares(
  pairs: readonly RatingPair[],
  side: 'first' | 'second',
): BetweenShares {
  const values = pairs.map((pair) => pair[side]);
  return {
    culture: betweenShare(
      values,
      pairs.map(({ place }) => place.culture),
    ),
    system: betweenShare(
      values,
      pairs.map(({ place }) => place.system),
    ),
  };
}

/** Closer figures are called alike. */
const NOTABLE = 0.03;

const percent = (share: number) => `${Math.round(100 * share)} %`;

type Explained = Pick<Agreement, 'slices' | 'between' | 'first' | 'second'>;

/** Sentences that say why the levels differ in these data, or that they do not. */
export function explainLevels(agreement: Explained): string[] {
  const of = (level: AgreementLevel) =>
    agreement.slices[0]?.levels.find((entry) => entry.level === level);
  const pooled = of('pooled');
  const within = of('within');
  const question = of('question');
  const system = of('system');
  return [
    ...(pooled && within ? poolingSentences({ pooled, within }, agreement) : []),
    ...(pooled && question ? questionSentences({ pooled, question }) : []),
    ...(system ? systemSentences(system) : []),
  ];
}

const correlationOf = ({ figures }: LevelFigures) => figures.pearson?.value ?? null;

function poolingSentences(
  levels: { readonly pooled: LevelFigures; readonly within: LevelFigures },
  agreement: Explained,
): string[] {
  const pooled = correlationOf(levels.pooled);
  const within = correlationOf(levels.within);
  if (pooled === null || within === null) return [];
  const gap = `Pooled r ${pooled.toFixed(2)}, within culture and model ${within.toFixed(2)}`;
  const shares = sharesText(agreement.between, agreement);
  if (pooled - within > NOTABLE)
    return [
      `${gap}: pooling flatters. ${shares} Differences between models or cultures count as agreement in the pooled figure; how well single answers are ranked shows in the one within.`,
    ];
  if (within - pooled > NOTABLE)
    return [
      `${gap}: pooling hides agreement. ${shares} The sides place models or cultures at different levels, though they order the answers inside each more alike.`,
    ];
  return [`${gap}: pooling makes little difference here. ${shares}`];
}

function questionSentences(levels: {
  readonly pooled: LevelFigures;
  readonly question: LevelFigures;
}): string[] {
  const pooled = correlationOf(levels.pooled);
  const question = correlationOf(levels.question);
  if (pooled === null || question === null || Math.abs(pooled - question) <= NOTABLE) return [];
  const n = levels.question.figures.pearson?.n ?? 0;
  return [
    `Between the answers to one question r is ${question.toFixed(2)} on average (${counted(n, 'question')}): this decides which of two answers is called better. It is not swelled by easy and hard questions, and held down by how few answers a question has.`,
  ];
}

function systemSentences(system: LevelFigures): string[] {
  const value = correlationOf(system);
  if (value === null) return [];
  return [
    `Between ${counted(system.units, 'model')} r is ${value.toFixed(2)}: means average the noise of single ratings away${system.units < 6 ? ', and so few models leave much to chance' : ''}. It is about ranking models like these, not about single answers.`,
  ];
}

function sharesText(
  { first, second }: Agreement['between'],
  names: { readonly first: string; readonly second: string },
): string {
  const parts = (['system', 'culture'] as const).flatMap((group) => {
    const [one, other] = [first[group], second[group]];
    if (one === null || other === null || Math.max(one, other) < 0.005) return [];
    const where = `lies between ${group === 'system' ? 'models' : 'cultures'}`;
    if (names.first === names.second)
      return [`${percent((one + other) / 2)} of the variance of their ratings ${where}`];
    return [
      `${percent(one)} of the variance of the ratings by ${names.first} and ${percent(other)} of those by ${names.second} ${where}`,
    ];
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}
