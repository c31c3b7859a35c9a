import type Database from 'better-sqlite3';
import { answerKey, type HumanRating, questionKey } from '../../../domain/human-rating.ts';
import type { AnswerQuery, HumanRatingStore, SavedRatings } from '../../../ports/human-ratings.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { keyedAnswers } from '../read/human-rating-archive.ts';
import { lockForWriting } from './write-lock.ts';

/** Opens a store, made where there is none, for human ratings; no run may write to it meanwhile. */
export function openHumanRatingStore(file: string): HumanRatingStore {
  const unlock = lockForWriting(file);
  try {
    return createStore(file, openDatabase(file, 'write'), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

const PLACES = `
SELECT i.question AS question, rr.response AS response, rr.run AS run,
  m.name AS model, m.variant AS variant, s.name AS style
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN models m ON m.id = rm.model
JOIN run_styles s ON s.run = rr.run AND s.position = rr.style
ORDER BY rr.id`;

/** A planned answer: whose it is, in which run. */
interface AnswerPlace {
  readonly question: string;
  readonly response: number;
  readonly run: string;
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
}

/** Finds answers by question and model. Read once, when first asked. */
function createAnswerFinder(database: Database.Database) {
  const textOf = database.prepare<[number], { text: string | null }>(
    'SELECT text FROM responses WHERE id = ?',
  );
  let places: Map<string, AnswerPlace[]> | null = null;
  const placesOf = (question: string): readonly AnswerPlace[] => {
    if (places === null) {
      places = new Map();
      for (const place of database.prepare<[], AnswerPlace>(PLACES).iterate()) {
        const key = questionKey(place.question);
        const known = places.get(key);
        if (known) known.push(place);
        else places.set(key, [place]);
      }
    }
    return places.get(questionKey(question)) ?? [];
  };
  return ({ question, model, variant, style, run }: AnswerQuery) => {
    const asked = placesOf(question).filter((place) => run === null || place.run === run);
    const wanted = asked.filter(
      (place) =>
        place.model === model &&
        (variant === null || place.variant === variant) &&
        (style === null || place.style === style),
    );
    const responses = [...new Set(wanted.map(({ response }) => response))];
    const texts = responses.flatMap((id) => textOf.get(id)?.text ?? []);
    return {
      texts: [...new Set(texts)],
      models: [...new Set(asked.map((place) => place.model))].sort(),
    };
  };
}

function createStore(
  file: string,
  database: Database.Database,
  unlock: () => void,
): HumanRatingStore {
  const questions = database.prepare<[string], { question: string }>(
    'SELECT DISTINCT question FROM items WHERE name = ? ORDER BY question',
  );
  const saveAll = database.transaction((ratings: readonly HumanRating[]) =>
    saveRatings(database, ratings),
  );
  return {
    questionsOf: (itemId) => questions.all(itemId).map(({ question }) => question),
    answersOf: createAnswerFinder(database),
    save: (ratings) => translateErrors(file, () => saveAll.immediate(ratings)),
    close: () => {
      database.close();
      unlock();
    },
  };
}

/** What the file says of culture and category stays what the first one to say it said. */
const INSERT_ANSWER = `
INSERT INTO human_answers (key, question_key, question, answer, culture, category)
VALUES (@key, @questionKey, @question, @answer, @culture, @category)
ON CONFLICT (key) DO UPDATE SET
  culture = coalesce(culture, excluded.culture), category = coalesce(category, excluded.category)
RETURNING id`;

const INSERT_RATING = `
INSERT INTO human_ratings (answer, rater, occasion, rating, given, scale_min, scale_max, source)
VALUES (@answer, @rater, @occasion, @rating, @given, @min, @max, @source)
ON CONFLICT (answer, rater, occasion) DO UPDATE SET
  rating = excluded.rating, given = excluded.given, scale_min = excluded.scale_min,
  scale_max = excluded.scale_max, source = excluded.source`;

type RatedText = Pick<HumanRating, 'question' | 'answer' | 'culture' | 'category'>;

/** Keeps an answer that people rate under its content. Gives its row. */
export function insertHumanAnswer(database: Database.Database, rated: RatedText): number {
  const { question, answer } = rated;
  const row = database
    .prepare<unknown[], { id: number }>(INSERT_ANSWER)
    .get({ ...rated, key: answerKey(question, answer), questionKey: questionKey(question) });
  if (!row) throw new Error('an upsert returned no row');
  return row.id;
}

function saveRatings(database: Database.Database, ratings: readonly HumanRating[]): SavedRatings {
  const insertRating = database.prepare(INSERT_RATING);
  const known = database.prepare<[number, string, number], { rating: number }>(
    'SELECT rating FROM human_ratings WHERE answer = ? AND rater = ? AND occasion = ?',
  );
  const questions = new Set(ratings.map(({ question }) => questionKey(question)));
  const stored = new Set<string>();
  for (const { key } of keyedAnswers(database, null, questions)) stored.add(key);
  const counts = { added: 0, changed: 0, unchanged: 0, linked: 0, outside: 0 };
  for (const { question, answer, culture, category, scale, ...rating } of ratings) {
    const key = answerKey(question, answer);
    const id = insertHumanAnswer(database, { question, answer, culture, category });
    const before = known.get(id, rating.rater, rating.occasion);
    insertRating.run({ answer: id, ...rating, ...scale });
    if (before === undefined) counts.added += 1;
    else if (before.rating === rating.rating) counts.unchanged += 1;
    else counts.changed += 1;
    if (stored.has(key)) counts.linked += 1;
    else counts.outside += 1;
  }
  return counts;
}
