/** What a failed call met: `400 bad-request: …`, at most 200 characters of its message. */
const error = (table: 'r' | 'j') =>
  `coalesce(json_extract(${table}.detail, '$.error.status') || ' ', '')
      || coalesce(json_extract(${table}.detail, '$.error.kind'), 'error')
      || ': ' || substr(coalesce(json_extract(${table}.detail, '$.error.message'), ''), 1, 200)`;

const filter = (table: 'r' | 'j') =>
  `'content filter' || coalesce((SELECT ' ' || group_concat(value, ', ')
      FROM json_each(${table}.detail, '$.filter.categories')), '')`;

const RAISE = 'raise max_tokens under decoding, or the context length of the server';

/**
 * Why ratings are missing, in words and counted, verdicts that contradict themselves, and an estimate
 * of the tokens of calls whose endpoint counted none.
 */
export const causes = `
ALTER TABLE responses ADD COLUMN estimated_prompt_tokens INTEGER;
ALTER TABLE responses ADD COLUMN estimated_completion_tokens INTEGER;
ALTER TABLE judgments ADD COLUMN estimated_prompt_tokens INTEGER;
ALTER TABLE judgments ADD COLUMN estimated_completion_tokens INTEGER;
ALTER TABLE probes ADD COLUMN estimated_prompt_tokens INTEGER;
ALTER TABLE probes ADD COLUMN estimated_completion_tokens INTEGER;

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
  j.expected_entropy AS expected_entropy,
  -- 1: more than one rating in the verdict, and they differ. Rated by the last of them, or not at all.
  CASE WHEN j.status = 'unparsed' AND json_extract(j.detail, '$.cause') = 'conflicting' THEN 1
    ELSE j.conflicting END AS conflicting,
  -- Why there is no rating, in words; null for a rating, and for what was not called.
  CASE
    WHEN j.status = 'failed' THEN 'judge: ' || ${error('j')}
    WHEN j.status = 'filtered' THEN 'judge: ' || ${filter('j')}
    WHEN j.status = 'out-of-range' THEN 'judge: rating ' || json_extract(j.detail, '$.value')
    WHEN j.status = 'unparsed' AND j.finish_reason = 'length' AND trim(coalesce(j.text, '')) = ''
      THEN 'judge: cut off by its token limit while thinking; ${RAISE}'
    WHEN j.status = 'unparsed' AND j.finish_reason = 'length'
      THEN 'judge: cut off by its token limit before the rating; ${RAISE}'
    WHEN j.status = 'unparsed' THEN 'judge: ' || CASE json_extract(j.detail, '$.cause')
      WHEN 'empty' THEN 'empty reply'
      WHEN 'conflicting' THEN 'several [[n]] that differ'
      ELSE 'no rating in the reply' END
    WHEN j.status = 'pending' AND r.status = 'failed' THEN 'answer: ' || ${error('r')}
    WHEN j.status = 'pending' AND r.status = 'filtered' THEN 'answer: ' || ${filter('r')}
    WHEN j.status = 'pending' AND r.status = 'empty' THEN 'answer: '
      || CASE WHEN json_extract(r.detail, '$.cause') = 'reasoning-used-budget'
        THEN 'cut off by its token limit while thinking; ${RAISE}'
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
`;
