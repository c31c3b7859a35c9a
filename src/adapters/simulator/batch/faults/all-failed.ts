import type { BatchFault } from '../batch-fault.ts';

export const allFailed: BatchFault = {
  what: 'completed, and every line failed with a 500: there is no output file',
  results: (lines) =>
    lines.map((line) => ({
      ...line,
      response: {
        status_code: 500,
        body: { error: { message: 'The server had an error.', type: 'server_error', code: null } },
      },
    })),
};
