import type { BatchFault } from '../batch-fault.ts';

export const tokenLimitLater: BatchFault = {
  what: 'failed with token_limit_exceeded some looks after it was taken',
  course: {
    end: 'failed',
    share: 0,
    errors: [
      {
        code: 'token_limit_exceeded',
        message: 'The enqueued token quota of this deployment is reached.',
        line: null,
      },
    ],
  },
};
