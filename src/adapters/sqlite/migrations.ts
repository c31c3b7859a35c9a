import { initial } from './migrations/0001-initial.ts';
import { answerLanguages } from './migrations/0002-answer-languages.ts';
import { judging } from './migrations/0003-judging.ts';
import { humanRatings } from './migrations/0004-human-ratings.ts';
import { probes } from './migrations/0005-probes.ts';
import { causes } from './migrations/0006-causes.ts';
import { rubricLanguages } from './migrations/0007-rubric-languages.ts';
import { batches } from './migrations/0008-batches.ts';
import { ratingNotes } from './migrations/0009-rating-notes.ts';
import { rightAnswers } from './migrations/0010-right-answers.ts';

/** In order, numbered from 1, never edited once released. */
export const migrations: readonly {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}[] = [
  { version: 1, name: 'initial', sql: initial },
  { version: 2, name: 'answer-languages', sql: answerLanguages },
  { version: 3, name: 'judging', sql: judging },
  { version: 4, name: 'human-ratings', sql: humanRatings },
  { version: 5, name: 'probes', sql: probes },
  { version: 6, name: 'causes', sql: causes },
  { version: 7, name: 'rubric-languages', sql: rubricLanguages },
  { version: 8, name: 'batches', sql: batches },
  { version: 9, name: 'rating-notes', sql: ratingNotes },
  { version: 10, name: 'right-answers', sql: rightAnswers },
];
