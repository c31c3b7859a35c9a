import { azureError } from '../../faults/error-replies.ts';
import type { BatchFault } from '../batch-fault.ts';

export const tokenLimitAtCreate: BatchFault = {
  what: '400 token_limit_exceeded when a batch is made',
  reply: {
    to: 'create',
    with: azureError(
      400,
      'token_limit_exceeded',
      'The enqueued token quota of this deployment is reached.',
    ),
  },
};
