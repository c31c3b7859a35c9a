/**
 * Judgments that are no part of any model's figures: of anchors, which tell whether a judge drifts,
 * and of audits, which measure its biases. Each is kept under its fingerprint, as judgments are.
 */
export const probes = `
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
  notes TEXT,
  CHECK ((rating IS NOT NULL) = (status = 'rated'))
) STRICT;
CREATE INDEX probes_of_run ON probes (run, purpose);

-- Answers translated and references paraphrased for audits, under the hash of task, model and text.
CREATE TABLE rewrites (
  key TEXT PRIMARY KEY,
  task TEXT NOT NULL CHECK (task IN ('translate', 'paraphrase')),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What an audit found, as JSON, the newest of a judge and run.
CREATE TABLE audits (
  judge TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  result TEXT NOT NULL,
  PRIMARY KEY (judge, run)
) STRICT, WITHOUT ROWID;
`;
