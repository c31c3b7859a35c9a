import {
  type CultureContrast,
  contrastCultures,
  contrastEstimates,
  estimateRow,
  measureShift,
  type RatedTwice,
  type ShiftRow,
  withAdjusted,
} from '../../series/contrasts/paired-shift.ts';
import { type MeanEstimate, mean } from '../../stats/means/describe.ts';
import { withinSlope } from '../../stats/scales/within-slope.ts';

/** One answer as the audited judge and others rated it. */
export interface ObservedAnswer {
  readonly culture: string;
  readonly question: string;
  /** Who wrote it. */
  readonly model: string;
  readonly cluster: string;
  readonly own: number;
  /** Mean of the other judges; null where none rated it. */
  readonly others: number | null;
  readonly characters: number;
  /** Written by a model of the judge's own family; null where the config does not say. */
  readonly relative: boolean | null;
}

export interface Observed {
  readonly rows: readonly ShiftRow[];
  readonly cultures: readonly CultureContrast[];
}

/**
 * Difference in differences: what the judge gives above the other judges to its own family's answers,
 * minus what it gives above them to the other models', question by question.
 */
export function measureSelfPreference(answers: readonly ObservedAnswer[]): Observed {
  const questions = new Map<string, ObservedAnswer[]>();
  for (const answer of answers) {
    if (answer.others === null || answer.relative === null) continue;
    questions.set(answer.question, [...(questions.get(answer.question) ?? []), answer]);
  }
  const contrasts = [...questions.values()].flatMap((group): RatedTwice[] => {
    const [first] = group;
    const excess = (relative: boolean) =>
      mean(group.flatMap((one) => (one.relative === relative ? one.own - (one.others ?? 0) : [])));
    const [before, after] = [excess(false), excess(true)];
    if (!first || before === null || after === null) return [];
    return [{ culture: first.culture, cluster: first.cluster, before, after }];
  });
  return { rows: measureShift(contrasts), cultures: contrastCultures(contrasts) };
}

/**
 * Slope of rating minus the other judges' mean on length, within question and model: points per 100
 * characters that this judge gives above what the others give for the same answers, whatever it thinks
 * of the model. Without other judges the rating itself, which then holds that longer answers may be better.
 */
export function measureLength(
  answers: readonly ObservedAnswer[],
  against: 'others' | 'none',
): Observed {
  const used = answers.flatMap((answer) => {
    if (against === 'none') return [{ ...answer, y: answer.own }];
    return answer.others === null ? [] : [{ ...answer, y: answer.own - answer.others }];
  });
  const slopeOf = (own: typeof used): MeanEstimate | null =>
    withinSlope(
      own.map(({ characters, y, question, model, cluster }) => ({
        x: characters / 100,
        y,
        effects: [question, model],
        cluster,
      })),
    );
  const names = [...new Set(used.map(({ culture }) => culture))];
  const estimates = names.flatMap((culture) => {
    const estimate = slopeOf(used.filter((one) => one.culture === culture));
    return estimate === null ? [] : [{ culture, estimate }];
  });
  const all = slopeOf(used);
  const method = 'slope within question and model, t interval clustered by question';
  const rows = [
    ...(all === null ? [] : [estimateRow(null, all, method)]),
    ...(names.length > 1
      ? estimates.map(({ culture, estimate }) => estimateRow(culture, estimate, method))
      : []),
  ];
  return {
    rows: withAdjusted(rows),
    cultures: contrastEstimates(
      estimates.map(({ culture, estimate }) => ({ culture, ...estimate })),
    ),
  };
}
