import { measureShift } from '../../series/contrasts/paired-shift.ts';
import { judgedQuestions } from '../agreement/human-scale/data-points.ts';
import type { RatedAnswer } from '../agreement/levels/pairs.ts';
import type { JudgeCard } from './schema.ts';

/**
 * What a judge gives each model's answers above what people gave the same answers, culture by culture:
 * means over questions with their t intervals.
 */
export function judgeErrors(
  answers: readonly RatedAnswer[],
  labels: readonly string[],
): JudgeCard['errors'] {
  return labels
    .flatMap((label) => judgedQuestions(answers, label))
    .flatMap(({ name, questions }) => {
      const twice = questions.flatMap(({ culture, cluster, judge, human }) =>
        human === null ? [] : { culture, cluster, before: human, after: judge },
      );
      const [only] = twice;
      if (!only) return [];
      const [all, ...cultures] = measureShift(twice);
      const total = all ? [{ ...all, culture: only.culture }] : [];
      // One culture alone has no row besides the total.
      const rows = cultures.length > 0 ? cultures : total;
      return rows.flatMap(({ culture, shift }) =>
        culture === null ? [] : { model: name, culture, error: shift },
      );
    });
}
