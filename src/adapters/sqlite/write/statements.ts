/**
 * A failed try replaces only nothing or another failure; what an earlier try brought stays, and this
 * one is added to its attempts. Tokens were paid for by every try, so they add up.
 */
const KEEPS = "@status = 'failed' AND status NOT IN ('pending', 'failed')";

const replaced = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, value]) => `${column} = CASE WHEN ${KEEPS} THEN ${column} ELSE @${value} END`)
    .join(', ');

const addedUp = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, value]) => `${column} = coalesce(${column} + @${value}, ${column}, @${value})`)
    .join(', ');

const CALL = {
  text: 'text',
  reasoning: 'reasoning',
  exact: 'exact',
  detail: 'detail',
  served_model: 'servedModel',
  system_fingerprint: 'systemFingerprint',
  finish_reason: 'finishReason',
  latency_ms: 'latencyMs',
  ended_at: 'endedAt',
  notes: 'notes',
} as const;

const PAID = {
  attempts: 'attempts',
  prompt_tokens: 'promptTokens',
  completion_tokens: 'completionTokens',
  cached_tokens: 'cachedTokens',
  reasoning_tokens: 'reasoningTokens',
  estimated_prompt_tokens: 'estimatedPromptTokens',
  estimated_completion_tokens: 'estimatedCompletionTokens',
} as const;

const RESPONSE = {
  status: 'status',
  suspect: 'suspect',
  evidence: 'evidence',
  ...CALL,
} as const;
const JUDGMENT = {
  status: 'status',
  rating: 'rating',
  parse: 'parse',
  conflicting: 'conflicting',
  parser_version: 'parserVersion',
  asks: 'asks',
  verdict_format: 'verdictFormat',
  expected_rating: 'expectedRating',
  expected_mass: 'expectedMass',
  expected_entropy: 'expectedEntropy',
  ...CALL,
} as const;

export const UPDATE_RESPONSE = `UPDATE responses SET ${replaced(RESPONSE)}, ${addedUp(PAID)} WHERE id = @id`;
const updateJudgment = (table: 'judgments' | 'probes') =>
  `UPDATE ${table} SET ${replaced(JUDGMENT)}, ${addedUp(PAID)} WHERE id = @id`;
export const UPDATE_JUDGMENT = updateJudgment('judgments');
export const UPDATE_RULE_JUDGMENT = `UPDATE rule_judgments
SET status = @status, score = @score, cause = @cause, chosen = @chosen, place = @place,
  gold_place = @goldPlace, measures = @measures, reader_version = @readerVersion
WHERE run_response = @position AND scorer = @scorer`;
export const UPDATE_PROBE = updateJudgment('probes');

/** Tokens of a call's lines in batches, each batch for itself: a call can be in several. */
const batched = (column: string, key: string) =>
  `coalesce(sum((SELECT sum(b.${column}) FROM batch_results b WHERE b.custom_id = ${key}
    AND b.fate = 'stored')), 0)`;
const batchedTokens = (key: string) => `
  ${batched('prompt_tokens', key)} AS batchPromptTokens,
  ${batched('completion_tokens', key)} AS batchCompletionTokens,
  ${batched('cached_tokens', key)} AS batchCachedTokens`;

/** Answers made elsewhere were not asked for: they have no attempts. */
export const USAGE_TOTALS = `
SELECT 'model' AS role, u.model AS position, count(*) AS calls,
  coalesce(sum(r.prompt_tokens), 0) AS promptTokens,
  coalesce(sum(r.completion_tokens), 0) AS completionTokens,
  coalesce(sum(r.cached_tokens), 0) AS cachedTokens,
  coalesce(sum(r.estimated_prompt_tokens), 0) AS estimatedPromptTokens,
  coalesce(sum(r.estimated_completion_tokens), 0) AS estimatedCompletionTokens,
  sum(r.prompt_tokens IS NULL AND r.status IN ('completed', 'truncated', 'empty')) AS uncounted,${batchedTokens('r.key')}
FROM (SELECT DISTINCT model, response FROM run_responses WHERE run = ?) u
JOIN responses r ON r.id = u.response
WHERE r.status != 'pending' AND r.attempts > 0
GROUP BY u.model
UNION ALL
SELECT 'judge', u.judge, count(*), coalesce(sum(j.prompt_tokens), 0),
  coalesce(sum(j.completion_tokens), 0),
  coalesce(sum(j.cached_tokens), 0) AS cachedTokens,
  coalesce(sum(j.estimated_prompt_tokens), 0) AS estimatedPromptTokens,
  coalesce(sum(j.estimated_completion_tokens), 0) AS estimatedCompletionTokens,
  sum(j.prompt_tokens IS NULL AND j.status IN ('rated', 'unparsed', 'out-of-range')),${batchedTokens('j.key')}
FROM (
  SELECT DISTINCT rj.judge AS judge, rj.judgment AS judgment
  FROM run_responses rr JOIN run_judgments rj ON rj.run_response = rr.id WHERE rr.run = ?
) u
JOIN judgments j ON j.id = u.judgment
WHERE j.status != 'pending'
GROUP BY u.judge
ORDER BY 1 DESC, 2`;
