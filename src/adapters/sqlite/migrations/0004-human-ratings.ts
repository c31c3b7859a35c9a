/**
 * What people said of answers. An answer is kept by its content, and found again among the responses
 * of any run, older or newer than the rating; one that no model of the store gave stays here alone.
 */
export const humanRatings = `
CREATE TABLE human_answers (
  id INTEGER PRIMARY KEY,
  -- Hash of question and answer, white space at their ends and Unicode forms left aside.
  key TEXT NOT NULL UNIQUE,
  question_key TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  -- As the file said; an answer of the store has those of its item.
  culture TEXT,
  category TEXT
) STRICT;

CREATE TABLE human_ratings (
  answer INTEGER NOT NULL REFERENCES human_answers (id),
  rater TEXT NOT NULL,
  -- A rater who met the same answer twice in a file has two ratings of it.
  occasion INTEGER NOT NULL,
  -- On the scale 1 to 10; the three columns behind it say what was given on which scale.
  rating REAL NOT NULL CHECK (rating BETWEEN 1 AND 10),
  given REAL NOT NULL,
  scale_min REAL NOT NULL,
  scale_max REAL NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (answer, rater, occasion)
) STRICT, WITHOUT ROWID;
`;
