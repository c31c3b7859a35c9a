import type { BatchFault } from '../batch-fault.ts';

export const lostUpload: BatchFault = {
  what: 'a file is taken, and the connection breaks before the reply',
  reply: { to: 'upload', with: 'lost' },
};
