import { azureError } from '../../faults/error-replies.ts';
import type { BatchFault } from '../batch-fault.ts';

export const look503: BatchFault = {
  what: '503 on a look',
  reply: { to: 'look', with: azureError(503, '503', 'Service unavailable.') },
};
