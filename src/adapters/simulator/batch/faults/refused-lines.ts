import type { BatchFault } from '../batch-fault.ts';

export const refusedLines: BatchFault = {
  what: 'every line is refused in the same words',
  results: (lines) =>
    lines.map((line) => ({ ...line, response: { status_code: 400, body: REFUSAL } })),
};

const REFUSAL = {
  error: { message: 'The top_p of this request is out of range.', type: 'invalid_request_error' },
};
