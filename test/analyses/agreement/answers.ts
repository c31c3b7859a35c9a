import {
  type AgreementSource,
  describeAgreement,
} from '../../../src/analyses/agreement/agreement.ts';
import type { RatedAnswer } from '../../../src/analyses/agreement/levels/pairs.ts';
import type { Agreement, AgreementLevel } from '../../../src/analyses/agreement/schema.ts';
import type { AgreementMeasure } from '../../../src/stats/agreement/table-agreement.ts';

interface AnswerShape extends Partial<RatedAnswer> {
  readonly judge?: number | null;
  readonly people?: readonly number[];
}

let next = 0;
export function answer({ judge, people = [], ...shape }: AnswerShape): RatedAnswer {
  next += 1;
  return {
    answer: `a${next}`,
    cluster: `q${next}`,
    culture: 'Arab',
    category: 'Opinion',
    system: 'M',
    names: null,
    judges: new Map(judge === undefined ? [] : [['J', judge]]),
    raters: people.map((rating, index) => ({ rater: `rater ${index}`, rating })),
    ...shape,
  };
}

export function source(
  answers: readonly RatedAnswer[],
  judges: readonly string[] = ['J'],
): AgreementSource {
  return { runs: ['r'], answers, judges, ratings: 1, rescaled: 0, sources: ['s'] };
}

export const describeAnswers = (answers: readonly RatedAnswer[], judges?: readonly string[]) =>
  describeAgreement(source(answers, judges), { seed: 1, resamples: 200 }).agreements;

export function figure(
  { slices }: Agreement,
  measure: AgreementMeasure,
  { level = 'pooled', culture }: { level?: AgreementLevel; culture?: string } = {},
) {
  const slice = slices.find(({ by }) => by.culture === culture && by.category === undefined);
  const found = slice?.levels.find((entry) => entry.level === level)?.figures[measure];
  if (!found) throw new Error(`no ${measure} at ${level}`);
  return found;
}

export const only = (agreements: readonly Agreement[]): Agreement => {
  const [agreement] = agreements;
  if (!agreement || agreements.length > 1) throw new Error(`${agreements.length} agreements`);
  return agreement;
};
