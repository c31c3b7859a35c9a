import type { BatchFault } from '../batch-fault.ts';

export const filteredLine: BatchFault = {
  what: 'one prompt was blocked by the content filter',
  results: (lines) =>
    lines.map((line, index) =>
      index > 0 ? line : { ...line, response: { status_code: 400, body: FILTERED } },
    ),
};

const FILTERED = {
  error: {
    code: 'content_filter',
    message:
      'The response was filtered due to the prompt triggering the content management policy.',
    innererror: {
      code: 'ResponsibleAIPolicyViolation',
      content_filter_result: { violence: { filtered: true, severity: 'medium' } },
    },
  },
};
