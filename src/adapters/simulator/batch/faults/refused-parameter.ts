import type { BatchFault } from '../batch-fault.ts';

export const refusedParameter: BatchFault = {
  what: 'every line is refused for max_tokens',
  results: (lines) =>
    lines.map((line) => ({ ...line, response: { status_code: 400, body: REFUSAL } })),
};

const REFUSAL = {
  error: {
    message:
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    type: 'invalid_request_error',
    param: 'max_tokens',
    code: 'unsupported_parameter',
  },
};
