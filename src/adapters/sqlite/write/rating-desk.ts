import type Database from 'better-sqlite3';
import { answerKey } from '../../../domain/human-rating.ts';
import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import type { GivenRating, GivenRatingName, RatingDesk } from '../../../ports/human-ratings.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { insertHumanAnswer } from './human-rating-store.ts';

/**
 * Opens a store for ratings given one at a time. It takes no lock: each is a transaction of a
 * millisecond, which a run that writes to the store waits for as for a call of its own.
 */
export function openRatingDesk(file: string): RatingDesk {
  const database = openDatabase(file, 'write');
  const save = database.transaction((rating: GivenRating) => saveGiven(database, rating));
  return {
    rate: (rating) => translateErrors(file, () => save.immediate(rating)),
    withdraw: (name) => translateErrors(file, () => withdraw(database, name)),
    close: () => database.close(),
  };
}

/** One of this source is replaced; ratings by the same rater from elsewhere stay as they are. */
const OCCASION = `
SELECT coalesce(max(occasion) FILTER (WHERE source = @source), max(occasion) + 1, 0) AS occasion
FROM human_ratings WHERE answer = @answer AND rater = @rater`;

const RATE = `
INSERT INTO human_ratings
  (answer, rater, occasion, rating, given, scale_min, scale_max, source, note, rated_at)
VALUES (@answer, @rater, @occasion, @rating, @rating, @min, @max, @source, @note, @ratedAt)
ON CONFLICT (answer, rater, occasion) DO UPDATE SET
  rating = excluded.rating, given = excluded.given, note = excluded.note,
  rated_at = excluded.rated_at`;

const WITHDRAW = `
DELETE FROM human_ratings WHERE rater = @rater AND source = @source
  AND answer = (SELECT id FROM human_answers WHERE key = @key)`;

function saveGiven(database: Database.Database, given: GivenRating): void {
  const { question, answer: text, culture, category, ...rating } = given;
  const answer = insertHumanAnswer(database, { question, answer: text, culture, category });
  const place = database
    .prepare<unknown[], { occasion: number }>(OCCASION)
    .get({ answer, rater: rating.rater, source: rating.source });
  database
    .prepare(RATE)
    .run({ ...rating, answer, occasion: place?.occasion ?? 0, min: RATING_MIN, max: RATING_MAX });
}

function withdraw(database: Database.Database, name: GivenRatingName): boolean {
  const { question, answer, rater, source } = name;
  const key = answerKey(question, answer);
  return database.prepare(WITHDRAW).run({ key, rater, source }).changes > 0;
}
