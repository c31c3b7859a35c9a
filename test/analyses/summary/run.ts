import type { SummarySource } from '../../../src/analyses/summary/summarize.ts';
import type {
  ItemLabels,
  QuestionScore,
  StoredRun,
  TrialRating,
} from '../../../src/ports/run-archive.ts';

/** Ratings of one question: by model, then answer, then judging; null is a judging without a rating. */
export interface QuestionSpec {
  readonly culture: string;
  readonly category?: string;
  readonly scope?: string;
  readonly cluster?: string;
  readonly ratings: Readonly<Record<string, readonly (readonly (number | null)[])[]>>;
}

const spec = (name: string) => ({
  name,
  variant: null,
  model: name,
  api: 'chat' as const,
  decoding: {},
});

/** One style, one judge, the given models, in the way of a store's description of a run. */
export function storedRun(models: readonly string[]): StoredRun {
  return {
    definition: {
      id: 'run-1',
      name: 'run',
      planKey: 'plan',
      models: models.map((name) => ({
        key: name,
        spec: spec(name),
        baseline: null,
        best: null,
        size: null,
        dataShare: null,
        family: null,
      })),
      styles: [{ name: 'zero-shot', user: null, system: null }],
      judges: [
        { key: 'judge', spec: spec('judge'), family: null, verdict: 'text', expectedRating: false },
      ],
      juries: [],
      scorers: [],
      rubrics: {},
      provenance: {},
    },
    sessions: [],
    served: [],
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A run as the store would hand it over: question means are means of answer means. */
export function summarySource(questions: readonly QuestionSpec[]): SummarySource {
  const models = [...new Set(questions.flatMap(({ ratings }) => Object.keys(ratings)))];
  const items = questions.map(
    ({ culture, category = 'Opinion', scope = null, cluster = null }, index): ItemLabels => ({
      position: index + 1,
      key: `key ${index}`,
      id: `q${index}`,
      ...{ culture, category, scope, cluster },
      language: 'zh',
      association: null,
    }),
  );
  const place = { style: 0, judge: 0 };
  const cells = questions.flatMap(({ ratings }, index) =>
    models.flatMap((name, model) => {
      const answers = ratings[name];
      return answers ? [{ ...place, model, item: index + 1, answers }] : [];
    }),
  );
  const scores = cells.map(({ answers, ...at }): QuestionScore => {
    const means = answers
      .map((judgings) => judgings.filter((rating) => rating !== null))
      .filter(({ length }) => length > 0)
      .map(mean);
    return {
      ...at,
      rating: means.length === 0 ? null : mean(means),
      planned: answers.flat().length,
      rated: answers.flat().filter((rating) => rating !== null).length,
    };
  });
  const trials = cells.flatMap(({ answers, ...at }) =>
    answers.flatMap((judgings, trial) =>
      judgings.flatMap((rating): TrialRating[] =>
        rating === null ? [] : [{ ...at, trial, rating }],
      ),
    ),
  );
  return { run: storedRun(models), items, scores, trials: () => trials, coverage: [] };
}

/** One answer, judged once. */
export const once = (rating: number | null) => [[rating]] as const;
