/**
 * Calls that go out in files and come back hours later. Rows are only ever added: a batch's state is
 * its last step, and what became of a line is written once.
 */
export const batches = `
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

-- The calls of a batch; custom_id is the key of the response, judgment or probe.
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

-- What became of each line; tokens are those that the batch price counts for.
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
`;
