import { mean } from '../../../stats/means/describe.ts';
import type { RatedAnswer } from '../levels/pairs.ts';

/** One question's answers under one model, trials put together. */
export interface JudgedQuestion {
  readonly culture: string;
  readonly cluster: string;
  /** The judge's mean; over the answers that people rated, where they rated any. */
  readonly judge: number;
  /** Mean over answers of the mean over raters; null where nobody rated one. */
  readonly human: number | null;
}

export interface SystemQuestions {
  readonly name: string;
  readonly names: {
    readonly model: string;
    readonly variant: string | null;
    readonly style: string;
  };
  readonly questions: readonly JudgedQuestion[];
  /** Answers without a rating by the judge. */
  readonly missing: number;
}

interface Gathered {
  readonly names: SystemQuestions['names'];
  readonly byQuestion: Map<string, RatedAnswer[]>;
  missing: number;
}

/** The questions of every model as one judge and people rated them, in the order of the answers. */
export function judgedQuestions(answers: readonly RatedAnswer[], judge: string): SystemQuestions[] {
  const systems = new Map<string, Gathered>();
  for (const answer of answers) {
    const { system, names, cluster, judges } = answer;
    if (system === null || names === null || !judges.has(judge)) continue;
    const known = systems.get(system) ?? { names, byQuestion: new Map(), missing: 0 };
    systems.set(system, known);
    if (judges.get(judge) === null) known.missing += 1;
    else known.byQuestion.set(cluster, [...(known.byQuestion.get(cluster) ?? []), answer]);
  }
  return [...systems].map(([name, { names, byQuestion, missing }]) => ({
    name,
    names,
    missing,
    questions: [...byQuestion].flatMap(([cluster, own]) => questionOf(cluster, own, judge)),
  }));
}

function questionOf(
  cluster: string,
  answers: readonly RatedAnswer[],
  judge: string,
): JudgedQuestion[] {
  const rated = answers.filter(({ raters }) => raters.length > 0);
  const of = rated.length > 0 ? rated : answers;
  const byJudge = mean(of.flatMap(({ judges }) => judges.get(judge) ?? []));
  const byPeople = mean(
    rated.flatMap(({ raters }) => mean(raters.map(({ rating }) => rating)) ?? []),
  );
  if (byJudge === null) return [];
  return [{ culture: of[0]?.culture ?? '', cluster, judge: byJudge, human: byPeople }];
}
