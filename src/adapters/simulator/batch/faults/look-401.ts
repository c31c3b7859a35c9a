import { azureWrongKey } from '../../faults/error-replies.ts';
import type { BatchFault } from '../batch-fault.ts';

export const look401: BatchFault = {
  what: '401 on a look',
  reply: { to: 'look', with: azureWrongKey() },
};
