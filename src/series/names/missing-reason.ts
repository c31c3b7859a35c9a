import type { JudgmentOutcome, MissingReason } from '../../ports/run-archive.ts';

const REASON_OF_STATUS: Partial<Record<JudgmentOutcome['status'], MissingReason>> = {
  unparsed: 'judgment_unparsed',
  'out-of-range': 'judgment_out_of_range',
  filtered: 'judgment_filtered',
  failed: 'judgment_failed',
};
const REASON_OF_RESPONSE: Partial<Record<JudgmentOutcome['responseStatus'], MissingReason>> = {
  empty: 'response_empty',
  filtered: 'response_filtered',
  failed: 'response_failed',
};

/** What a judgment without a rating is counted under, as in the coverage query. */
export function missingReason({
  status,
  responseStatus,
}: Pick<JudgmentOutcome, 'status' | 'responseStatus'>): MissingReason {
  return REASON_OF_STATUS[status] ?? REASON_OF_RESPONSE[responseStatus] ?? 'not_called';
}
