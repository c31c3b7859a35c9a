import type { BatchFault } from '../batch-fault.ts';

export const invalidLine: BatchFault = {
  what: 'failed as a whole for a line that is said to be no JSON',
  course: {
    end: 'failed',
    share: 0,
    errors: [
      { code: 'invalid_json_line', message: 'This line is not parseable as JSON.', line: 7 },
    ],
  },
};
