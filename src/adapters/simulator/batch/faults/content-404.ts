import { azureRouteError } from '../../faults/error-replies.ts';
import type { BatchFault } from '../batch-fault.ts';

export const content404: BatchFault = {
  what: '404 for the content of a result file',
  reply: { to: 'content', with: azureRouteError() },
};
