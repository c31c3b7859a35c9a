/** Questions with a right answer: what makes an answer right, and how rules scored the answers. */
export const rightAnswers = `
-- JSON: options and the right one, or accepted answers. Null for questions that a judge rates.
ALTER TABLE items ADD COLUMN solution TEXT;
-- JSON: token probabilities that a choice is read from.
ALTER TABLE responses ADD COLUMN evidence TEXT;

CREATE TABLE run_scorers (
  run TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  task TEXT NOT NULL,
  scoring TEXT NOT NULL,
  measure TEXT NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_judgments (
  run_response INTEGER NOT NULL REFERENCES run_responses (id),
  scorer INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'right', 'wrong', 'unread')),
  score REAL CHECK (score BETWEEN 0 AND 1),
  -- Why it is unread.
  cause TEXT,
  -- Of a choice, from 0: the chosen option in the source's order, where it was shown, and where the right one was.
  chosen INTEGER,
  place INTEGER,
  gold_place INTEGER,
  -- JSON: figures beside the score, by name.
  measures TEXT,
  reader_version INTEGER,
  PRIMARY KEY (run_response, scorer),
  CHECK ((score IS NOT NULL) = (status IN ('right', 'wrong')))
) STRICT, WITHOUT ROWID;

CREATE VIEW right_answers AS
SELECT
  rr.run AS run,
  m.name AS model,
  m.variant AS variant,
  s.name AS style,
  i.name AS item,
  i.question AS question,
  i.culture AS culture,
  i.language AS language,
  i.category AS category,
  i.scope AS scope,
  i.association AS association,
  i.cluster AS cluster,
  rr.trial AS response_trial,
  r.status AS response_status,
  r.text AS answer,
  rs.name AS scorer,
  rs.task AS task,
  rs.scoring AS scoring,
  rs.measure AS measure,
  x.status AS status,
  x.score AS score,
  x.cause AS unread_cause,
  json_extract(i.solution, '$.options[' || x.chosen || ']') AS chosen,
  i.reference AS gold,
  x.place AS chosen_place,
  x.gold_place AS gold_place,
  json_array_length(i.solution, '$.options') AS options
FROM run_responses rr
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN models m ON m.id = rm.model
JOIN run_styles s ON s.run = rr.run AND s.position = rr.style
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
JOIN rule_judgments x ON x.run_response = rr.id
JOIN run_scorers rs ON rs.run = rr.run AND rs.position = x.scorer;
`;
