import type { RunDefinition } from '../../domain/run-definition.ts';
import type { QuestionScore } from '../../ports/run-archive.ts';

type Place = Pick<QuestionScore, 'model' | 'style' | 'judge' | 'item'>;

interface Answers {
  readonly place: Place;
  /** Means over judging trials, of the answers that have one. */
  readonly means: number[];
  planned: number;
  rated: number;
}

/** Puts trials together as the store does: over judgings, then over answers, or the best answer's. */
export function createQuestionScores({ models }: Pick<RunDefinition, 'models'>) {
  const found = new Map<string, Answers>();
  return {
    /** One answer's ratings, of so many planned. */
    add: (place: Place, ratings: readonly number[], planned: number): void => {
      const key = `${place.model}/${place.style}/${place.judge}/${place.item}`;
      const answers = found.get(key) ?? { place, means: [], planned: 0, rated: 0 };
      found.set(key, answers);
      answers.planned += planned;
      answers.rated += ratings.length;
      if (ratings.length > 0) answers.means.push(mean(ratings));
    },
    all: (): QuestionScore[] =>
      [...found.values()].map((answers) =>
        models[answers.place.model]?.best === null ? meanOf(answers) : bestOf(answers),
      ),
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function meanOf({ place, means, planned, rated }: Answers): QuestionScore {
  return { ...place, rating: means.length === 0 ? null : mean(means), planned, rated };
}

/** Every candidate counts as planned: one without a rating might have been the best. */
function bestOf({ place, means, planned, rated }: Answers): QuestionScore {
  return { ...place, rating: means.length === 0 ? null : Math.max(...means), planned, rated };
}
