import { plainText, questionKey } from '../../domain/human-rating.ts';
import type { Item } from '../../domain/item.ts';
import type { HumanRatedText } from '../../ports/human-ratings.ts';
import type { Candidate, RatedQuestion } from './candidates.ts';

/** A usable answer of a run. */
export interface RunAnswer {
  readonly item: Item;
  readonly text: string;
  readonly model: string;
  readonly run: string;
}

export interface MeanRating {
  readonly rating: number;
  /** Ratings that it is the mean of. */
  readonly ratings: number;
}

/** Gathers answers by question; the same text to one question, whoever gave it, is one answer. */
export interface QuestionBook {
  add(answer: RunAnswer, rating: MeanRating): void;
  /** An answer that people rated and no run has. */
  addOutside(rated: HumanRatedText): void;
  questions(): RatedQuestion[];
}

type Head = Omit<RatedQuestion, 'candidates'>;

interface Growing extends Omit<Candidate, 'models' | 'rating' | 'ratings'> {
  sum: number;
  ratings: number;
  readonly models: Set<string>;
}

export function createQuestionBook(): QuestionBook {
  const heads = new Map<string, Head>();
  const answers = new Map<string, Map<string, Growing>>();

  function put(head: Head, answer: Pick<Candidate, 'text' | 'run'>, mean: MeanRating): Set<string> {
    if (!heads.has(head.key)) heads.set(head.key, head);
    const own = answers.get(head.key) ?? new Map<string, Growing>();
    answers.set(head.key, own);
    const key = plainText(answer.text);
    const growing = own.get(key) ?? { ...answer, sum: 0, ratings: 0, models: new Set<string>() };
    growing.sum += mean.rating * mean.ratings;
    growing.ratings += mean.ratings;
    own.set(key, growing);
    return growing.models;
  }

  return {
    add({ item, text, model, run }, mean) {
      // Questions of different runs are one by their text, as people rated them.
      put({ ...item, key: questionKey(item.question) }, { text, run }, mean).add(model);
    },
    addOutside({ question, answer, culture, category, rating, raters }) {
      const key = questionKey(question);
      const head = { key, id: null, question, reference: null, culture, category };
      const unknown = { language: null, association: null, cluster: null };
      put({ ...head, ...unknown }, { text: answer, run: null }, { rating, ratings: raters });
    },
    questions: () =>
      [...heads.values()].map((head) => ({
        ...questionFields(head),
        candidates: [...(answers.get(head.key)?.values() ?? [])].map(
          ({ text, run, sum, ratings, models }) => ({
            ...{ text, run, ratings },
            rating: sum / ratings,
            models: [...models].sort(),
          }),
        ),
      })),
  };
}

function questionFields(head: Head): Head {
  const { key, id, question, reference, culture, category, language, association, cluster } = head;
  return { key, id, question, reference, culture, category, language, association, cluster };
}
