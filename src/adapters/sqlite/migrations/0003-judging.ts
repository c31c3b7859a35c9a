/** Verdicts as JSON, expected ratings beside parsed ones, families and juries. */
export const judging = `
ALTER TABLE judgments ADD COLUMN verdict_format TEXT CHECK (verdict_format IN ('text', 'json'));
-- From token probabilities at the rating's place; never mixed with \`rating\`.
ALTER TABLE judgments ADD COLUMN expected_rating REAL CHECK (expected_rating BETWEEN 1 AND 10);
ALTER TABLE judgments ADD COLUMN expected_mass REAL CHECK (expected_mass BETWEEN 0 AND 1);
ALTER TABLE judgments ADD COLUMN expected_entropy REAL CHECK (expected_entropy >= 0);

ALTER TABLE run_models ADD COLUMN family TEXT;
ALTER TABLE run_judges ADD COLUMN family TEXT;
ALTER TABLE run_judges ADD COLUMN verdict_format TEXT NOT NULL DEFAULT 'text'
  CHECK (verdict_format IN ('text', 'json'));
ALTER TABLE run_judges ADD COLUMN expected_rating INTEGER NOT NULL DEFAULT 0
  CHECK (expected_rating IN (0, 1));

CREATE TABLE run_juries (
  run TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  aggregate TEXT NOT NULL CHECK (aggregate IN ('mean', 'median', 'trimmed')),
  exclude_own_family INTEGER NOT NULL CHECK (exclude_own_family IN (0, 1)),
  -- JSON: positions in run_judges.
  judges TEXT NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

DROP VIEW coverage;
DROP VIEW ratings;

CREATE VIEW ratings AS
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
  rr.trial AS response_trial,
  r.status AS response_status,
  al.verdict AS answer_language,
  al.detected AS detected_language,
  jm.name AS judge,
  rj.trial AS judgment_trial,
  j.status AS judgment_status,
  j.parse AS parse,
  j.rating AS rating,
  j.expected_rating AS expected_rating,
  j.expected_mass AS expected_mass,
  j.expected_entropy AS expected_entropy
FROM run_responses rr
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN models m ON m.id = rm.model
JOIN run_styles s ON s.run = rr.run AND s.position = rr.style
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN run_judges rjd ON rjd.run = rr.run AND rjd.position = rj.judge
JOIN models jm ON jm.id = rjd.model
JOIN judgments j ON j.id = rj.judgment;

CREATE VIEW coverage AS
SELECT
  run, model, variant, style, culture, category,
  count(*) AS planned,
  sum(judgment_status = 'rated') AS rated,
  sum(judgment_status = 'pending' AND response_status = 'empty') AS response_empty,
  sum(judgment_status = 'pending' AND response_status = 'filtered') AS response_filtered,
  sum(judgment_status = 'pending' AND response_status = 'failed') AS response_failed,
  sum(judgment_status = 'unparsed') AS judgment_unparsed,
  sum(judgment_status = 'out-of-range') AS judgment_out_of_range,
  sum(judgment_status = 'filtered') AS judgment_filtered,
  sum(judgment_status = 'failed') AS judgment_failed,
  sum(judgment_status = 'pending' AND response_status IN ('pending', 'completed', 'truncated'))
    AS not_called
FROM ratings
GROUP BY run, model, variant, style, culture, category;
`;
