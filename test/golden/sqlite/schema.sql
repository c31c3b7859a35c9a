CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  reference TEXT NOT NULL,
  culture TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  scope TEXT,
  association TEXT,
  cluster TEXT
, solution TEXT) STRICT;

CREATE TABLE models (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  variant TEXT,
  model TEXT,
  api TEXT NOT NULL,
  decoding TEXT NOT NULL
) STRICT;

CREATE TABLE templates (
  fingerprint TEXT PRIMARY KEY,
  source TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  plan_key TEXT NOT NULL UNIQUE,
  planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)),
  provenance TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  provenance TEXT NOT NULL,
  ended_at INTEGER,
  outcome TEXT,
  calls INTEGER,
  -- JSON: how many calls each endpoint was given at once; tokens and cost of each model and judge.
  limits TEXT,
  spending TEXT
) STRICT;

CREATE TABLE run_models (
  run TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  model INTEGER NOT NULL REFERENCES models (id),
  baseline TEXT,
  best INTEGER,
  size REAL,
  data_share REAL, family TEXT,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_judges (
  run TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  model INTEGER NOT NULL REFERENCES models (id), family TEXT, verdict_format TEXT NOT NULL DEFAULT 'text'
  CHECK (verdict_format IN ('text', 'json')), expected_rating INTEGER NOT NULL DEFAULT 0
  CHECK (expected_rating IN (0, 1)),
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_styles (
  run TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  template TEXT REFERENCES templates (fingerprint),
  system_template TEXT REFERENCES templates (fingerprint),
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_rubrics (
  run TEXT NOT NULL REFERENCES runs (id),
  category TEXT NOT NULL,
  name TEXT NOT NULL,
  template TEXT NOT NULL REFERENCES templates (fingerprint),
  PRIMARY KEY (run, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE responses (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'completed', 'truncated', 'empty', 'filtered', 'failed')),
  text TEXT,
  reasoning TEXT,
  -- JSON of both, where they hold half a surrogate pair: SQLite's text then has U+FFFD in its place.
  exact TEXT,
  -- 1: the answer holds what reads like a verdict.
  suspect INTEGER NOT NULL DEFAULT 0 CHECK (suspect IN (0, 1)),
  detail TEXT,
  served_model TEXT,
  system_fingerprint TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  attempts INTEGER,
  latency_ms REAL,
  ended_at INTEGER,
  notes TEXT
, estimated_prompt_tokens INTEGER, estimated_completion_tokens INTEGER, evidence TEXT) STRICT;

CREATE TABLE judgments (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'rated', 'unparsed', 'out-of-range', 'filtered', 'failed')),
  rating REAL CHECK (rating BETWEEN 1 AND 10),
  parse TEXT CHECK (parse IN ('strict', 'lenient')),
  conflicting INTEGER,
  parser_version INTEGER,
  text TEXT,
  reasoning TEXT,
  exact TEXT,
  detail TEXT,
  asks INTEGER,
  served_model TEXT,
  system_fingerprint TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  attempts INTEGER,
  latency_ms REAL,
  ended_at INTEGER,
  notes TEXT, verdict_format TEXT CHECK (verdict_format IN ('text', 'json')), expected_rating REAL CHECK (expected_rating BETWEEN 1 AND 10), expected_mass REAL CHECK (expected_mass BETWEEN 0 AND 1), expected_entropy REAL CHECK (expected_entropy >= 0), estimated_prompt_tokens INTEGER, estimated_completion_tokens INTEGER,
  CHECK ((rating IS NOT NULL) = (status = 'rated'))
) STRICT;

CREATE TABLE run_responses (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  model INTEGER NOT NULL,
  style INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES items (id),
  trial INTEGER NOT NULL,
  response INTEGER NOT NULL REFERENCES responses (id),
  UNIQUE (run, model, style, item, trial)
) STRICT;

CREATE INDEX run_responses_in_order ON run_responses (run, model, id);

CREATE TABLE run_judgments (
  run_response INTEGER NOT NULL REFERENCES run_responses (id),
  judge INTEGER NOT NULL,
  trial INTEGER NOT NULL,
  judgment INTEGER NOT NULL REFERENCES judgments (id),
  PRIMARY KEY (run_response, judge, trial)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_judgments_by_judgment ON run_judgments (judgment);

CREATE VIEW suspects AS
SELECT
  rr.run AS run,
  m.name AS model,
  m.variant AS variant,
  s.name AS style,
  i.name AS item,
  jm.name AS judge,
  r.text AS answer,
  j.rating AS rating
FROM responses r
JOIN run_responses rr ON rr.response = r.id
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN models m ON m.id = rm.model
JOIN run_styles s ON s.run = rr.run AND s.position = rr.style
JOIN items i ON i.id = rr.item
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN run_judges rjd ON rjd.run = rr.run AND rjd.position = rj.judge
JOIN models jm ON jm.id = rjd.model
JOIN judgments j ON j.id = rj.judgment
WHERE r.suspect = 1;

CREATE TABLE answer_languages (
  response INTEGER NOT NULL REFERENCES responses (id),
  language TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('as-asked', 'other', 'unclear')),
  detected TEXT,
  method_version INTEGER NOT NULL,
  PRIMARY KEY (response, language)
) STRICT, WITHOUT ROWID;

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
  source TEXT NOT NULL, note TEXT, rated_at INTEGER,
  PRIMARY KEY (answer, rater, occasion)
) STRICT, WITHOUT ROWID;

CREATE TABLE probes (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('anchor', 'audit')),
  -- The run an anchor belongs to; for an audit the run whose answers were judged first.
  run TEXT NOT NULL REFERENCES runs (id),
  -- Key of the judge, as in models.
  judge TEXT NOT NULL,
  -- JSON: what was judged, and what the rating is held against.
  subject TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'rated', 'unparsed', 'out-of-range', 'filtered', 'failed')),
  rating REAL CHECK (rating BETWEEN 1 AND 10),
  parse TEXT CHECK (parse IN ('strict', 'lenient')),
  conflicting INTEGER,
  parser_version INTEGER,
  text TEXT,
  reasoning TEXT,
  exact TEXT,
  detail TEXT,
  asks INTEGER,
  verdict_format TEXT CHECK (verdict_format IN ('text', 'json')),
  expected_rating REAL CHECK (expected_rating BETWEEN 1 AND 10),
  expected_mass REAL CHECK (expected_mass BETWEEN 0 AND 1),
  expected_entropy REAL CHECK (expected_entropy >= 0),
  served_model TEXT,
  system_fingerprint TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  attempts INTEGER,
  latency_ms REAL,
  ended_at INTEGER,
  notes TEXT, estimated_prompt_tokens INTEGER, estimated_completion_tokens INTEGER,
  CHECK ((rating IS NOT NULL) = (status = 'rated'))
) STRICT;

CREATE INDEX probes_of_run ON probes (run, purpose);

CREATE TABLE rewrites (
  key TEXT PRIMARY KEY,
  task TEXT NOT NULL CHECK (task IN ('translate', 'paraphrase')),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audits (
  judge TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  result TEXT NOT NULL,
  PRIMARY KEY (judge, run)
) STRICT, WITHOUT ROWID;

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
  j.expected_entropy AS expected_entropy,
  -- 1: more than one rating in the verdict, and they differ. Rated by the last of them, or not at all.
  CASE WHEN j.status = 'unparsed' AND json_extract(j.detail, '$.cause') = 'conflicting' THEN 1
    ELSE j.conflicting END AS conflicting,
  -- Why there is no rating, in words; null for a rating, and for what was not called.
  CASE
    WHEN j.status = 'failed' THEN 'judge: ' || coalesce(json_extract(j.detail, '$.error.status') || ' ', '')
      || coalesce(json_extract(j.detail, '$.error.kind'), 'error')
      || ': ' || substr(coalesce(json_extract(j.detail, '$.error.message'), ''), 1, 200)
    WHEN j.status = 'filtered' THEN 'judge: ' || 'content filter' || coalesce((SELECT ' ' || group_concat(value, ', ')
      FROM json_each(j.detail, '$.filter.categories')), '')
    WHEN j.status = 'out-of-range' THEN 'judge: rating ' || json_extract(j.detail, '$.value')
    WHEN j.status = 'unparsed' AND j.finish_reason = 'length' AND trim(coalesce(j.text, '')) = ''
      THEN 'judge: cut off by its token limit while thinking; raise max_tokens under decoding, or the context length of the server'
    WHEN j.status = 'unparsed' AND j.finish_reason = 'length'
      THEN 'judge: cut off by its token limit before the rating; raise max_tokens under decoding, or the context length of the server'
    WHEN j.status = 'unparsed' THEN 'judge: ' || CASE json_extract(j.detail, '$.cause')
      WHEN 'empty' THEN 'empty reply'
      WHEN 'conflicting' THEN 'several [[n]] that differ'
      ELSE 'no rating in the reply' END
    WHEN j.status = 'pending' AND r.status = 'failed' THEN 'answer: ' || coalesce(json_extract(r.detail, '$.error.status') || ' ', '')
      || coalesce(json_extract(r.detail, '$.error.kind'), 'error')
      || ': ' || substr(coalesce(json_extract(r.detail, '$.error.message'), ''), 1, 200)
    WHEN j.status = 'pending' AND r.status = 'filtered' THEN 'answer: ' || 'content filter' || coalesce((SELECT ' ' || group_concat(value, ', ')
      FROM json_each(r.detail, '$.filter.categories')), '')
    WHEN j.status = 'pending' AND r.status = 'empty' THEN 'answer: '
      || CASE WHEN json_extract(r.detail, '$.cause') = 'reasoning-used-budget'
        THEN 'cut off by its token limit while thinking; raise max_tokens under decoding, or the context length of the server'
        ELSE 'no text' END
  END AS missing_cause
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
  sum(calls) AS planned,
  sum(calls * (judgment_status = 'rated')) AS rated,
  sum(calls * (judgment_status = 'pending' AND response_status = 'empty')) AS response_empty,
  sum(calls * (judgment_status = 'pending' AND response_status = 'filtered')) AS response_filtered,
  sum(calls * (judgment_status = 'pending' AND response_status = 'failed')) AS response_failed,
  sum(calls * (judgment_status = 'unparsed')) AS judgment_unparsed,
  sum(calls * (judgment_status = 'out-of-range')) AS judgment_out_of_range,
  sum(calls * (judgment_status = 'filtered')) AS judgment_filtered,
  sum(calls * (judgment_status = 'failed')) AS judgment_failed,
  sum(calls * (judgment_status = 'pending' AND response_status IN ('pending', 'completed', 'truncated')))
    AS not_called,
  -- Verdicts that hold ratings that differ, with a rating or without.
  sum(contradictory) AS conflicting,
  -- JSON: how many judgments lack a rating for each cause.
  json_group_object(missing_cause, calls) FILTER (WHERE missing_cause IS NOT NULL) AS missing_causes
FROM (
  SELECT run, model, variant, style, culture, category, judgment_status, response_status,
    missing_cause, count(*) AS calls, coalesce(sum(conflicting), 0) AS contradictory
  FROM ratings
  GROUP BY run, model, variant, style, culture, category, judgment_status, response_status,
    missing_cause
)
GROUP BY run, model, variant, style, culture, category;

CREATE TABLE run_rubric_translations (
  run TEXT NOT NULL REFERENCES runs (id),
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  template TEXT NOT NULL REFERENCES templates (fingerprint),
  PRIMARY KEY (run, category, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  -- The endpoint's name in the config, and the model as the lines name it.
  endpoint TEXT NOT NULL,
  model TEXT NOT NULL,
  api TEXT NOT NULL,
  wave TEXT NOT NULL CHECK (wave IN ('answers', 'judgments')),
  transport TEXT NOT NULL CHECK (transport IN ('api', 'files')),
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  -- Estimates: by length, and by max_tokens.
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  -- JSON: what was left out of requests.
  adaptations TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX batches_of_run ON batches (run);

CREATE TABLE batch_calls (
  batch TEXT NOT NULL REFERENCES batches (id),
  custom_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('response', 'judgment', 'probe')),
  -- In the run's models or judges.
  position INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  PRIMARY KEY (batch, custom_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_calls_by_id ON batch_calls (custom_id);

CREATE TABLE batch_steps (
  id INTEGER PRIMARY KEY,
  batch TEXT NOT NULL REFERENCES batches (id),
  state TEXT NOT NULL CHECK (state IN ('prepared', 'uploading', 'uploaded', 'submitting', 'submitted',
    'ended', 'downloaded', 'read', 'cleaned', 'abandoned')),
  at INTEGER NOT NULL,
  -- JSON: ids at the endpoint, its status and counts, why something waits.
  facts TEXT NOT NULL
) STRICT;

CREATE INDEX batch_steps_of_batch ON batch_steps (batch, id);

CREATE TABLE batch_results (
  batch TEXT NOT NULL REFERENCES batches (id),
  custom_id TEXT NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('stored', 'known', 'retryable', 'refused', 'adapted', 'expired',
    'cancelled', 'absent')),
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  PRIMARY KEY (batch, custom_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_results_by_id ON batch_results (custom_id);

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
