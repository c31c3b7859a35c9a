import { azureError } from '../../faults/error-replies.ts';
import type { BatchFault } from '../batch-fault.ts';

export const fileQuota: BatchFault = {
  what: '400 quotaExceeded when a file is uploaded',
  reply: {
    to: 'upload',
    with: azureError(
      400,
      'quotaExceeded',
      'The quota for files without expiry is reached. The limit is 500.',
    ),
  },
};
