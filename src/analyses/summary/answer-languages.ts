import type { RunDefinition } from '../../domain/run-definition.ts';
import type { AnswerLanguageTally } from '../../ports/answer-languages.ts';
import { wilsonInterval } from '../../stats/means/proportion.ts';
import type { AnswerLanguages } from './schema.ts';

/** Answers in another language than asked, by model and culture; styles and trials together. */
export function answerLanguageRows(
  tallies: readonly AnswerLanguageTally[],
  { models }: RunDefinition,
  cultures: readonly string[],
): AnswerLanguages[] {
  return models.flatMap(({ spec }, model) =>
    cultures.flatMap((culture) => {
      const own = tallies.filter((tally) => tally.model === model && tally.culture === culture);
      if (own.length === 0) return [];
      return { model: spec.name, variant: spec.variant, culture, ...countsOf(own) };
    }),
  );
}

function countsOf(tallies: readonly AnswerLanguageTally[]) {
  const count = (verdict: AnswerLanguageTally['verdict']) =>
    tallies
      .filter((tally) => tally.verdict === verdict)
      .reduce((sum, { answers }) => sum + answers, 0);
  const [asAsked, other, unclear, unchecked] = [
    count('as-asked'),
    count('other'),
    count('unclear'),
    count(null),
  ];
  const told = asAsked + other;
  const interval = told === 0 ? { low: null, high: null } : wilsonInterval(other, told);
  return {
    answers: told + unclear + unchecked,
    asAsked,
    other,
    unclear,
    unchecked,
    share: {
      value: told === 0 ? null : other / told,
      ...interval,
      n: told,
      missing: unclear + unchecked,
      method: 'share of the answers whose language could be told, Wilson interval',
    },
    detected: detectedIn(tallies),
  };
}

/** What the others are in, the commonest first. */
function detectedIn(tallies: readonly AnswerLanguageTally[]) {
  const counts = new Map<string, number>();
  for (const { verdict, detected, answers } of tallies) {
    if (verdict !== 'other' || detected === null) continue;
    counts.set(detected, (counts.get(detected) ?? 0) + answers);
  }
  return [...counts]
    .map(([language, answers]) => ({ language, answers }))
    .toSorted((a, b) => b.answers - a.answers || (a.language < b.language ? -1 : 1));
}
