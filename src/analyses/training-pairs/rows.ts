import type { Json } from '../../domain/json.ts';
import type {
  LabelledCompletion,
  PreferencePair,
  RatedQuestion,
  RatedQuestions,
  Side,
} from './candidates.ts';
import type { Split } from './split.ts';
import type { Trainer } from './trainers/trainer.ts';

/** A line of a training file, with the question that decides its split. */
export interface TrainingRow {
  readonly question: RatedQuestion;
  readonly fields: Readonly<Record<string, Json>>;
}

type Origin = Pick<RatedQuestions, 'ratings' | 'judge'>;

const namesOf = ({ models, source }: Side) =>
  source === 'reference' ? 'human reference' : models.join('; ') || null;

/** Where a row is from, in columns that no trainer reads. */
function questionColumns(
  { id, key, culture, category, language }: RatedQuestion,
  { ratings, judge }: Origin,
): Record<string, Json> {
  return {
    item: id ?? key.slice(0, 12),
    ...{ culture, category, language },
    rating_source: ratings,
    judge,
  };
}

export function pairRow(
  { question, chosen, rejected, gap, tied }: PreferencePair,
  trainer: Trainer,
  origin: Origin,
): TrainingRow {
  return {
    question,
    fields: {
      ...trainer.pair({
        prompt: question.question,
        chosen: chosen.text,
        rejected: rejected.text,
        gap,
      }),
      ...questionColumns(question, origin),
      chosen_source: chosen.source,
      chosen_model: namesOf(chosen),
      rejected_model: namesOf(rejected),
      chosen_run: chosen.run,
      rejected_run: rejected.run,
      rating_chosen: chosen.rating,
      rating_rejected: rejected.rating,
      gap,
      tied,
    },
  };
}

/** A KTO row where the trainer's shape for it is given, else one for SFT. */
export function completionRow(
  { question, completion, desirable }: LabelledCompletion,
  labelled: Trainer['labelled'],
  { trainer, origin }: { readonly trainer: Trainer; readonly origin: Origin },
): TrainingRow {
  const texts = { prompt: question.question, completion: completion.text };
  return {
    question,
    fields: {
      ...(labelled === null ? trainer.completion(texts) : labelled({ ...texts, desirable })),
      ...questionColumns(question, origin),
      completion_source: completion.source,
      model: namesOf(completion),
      run: completion.run,
      rating: completion.rating,
    },
  };
}

/** A line for each row, in the order of the rows. */
export function jsonLines(rows: readonly TrainingRow[], split: Split | null): string {
  return rows
    .map(({ fields }) => `${JSON.stringify(split === null ? fields : { ...fields, split })}\n`)
    .join('');
}
