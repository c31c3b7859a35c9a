import type { BatchFault } from '../batch-fault.ts';

export const serverErrorLine: BatchFault = {
  what: 'one line failed with a 500',
  results: (lines) =>
    lines.map((line, index) =>
      index > 0
        ? line
        : {
            ...line,
            response: {
              status_code: 500,
              body: { error: { message: 'The server had an error.' } },
            },
          },
    ),
};
