import type { BatchFault } from '../batch-fault.ts';

export const lostCreate: BatchFault = {
  what: 'a batch is made, and the connection breaks before the reply',
  reply: { to: 'create', with: 'lost' },
};
