import type { BatchFault } from '../batch-fault.ts';

export const expired: BatchFault = {
  what: 'expired with half of its output, the rest as batch_expired in the error file',
  course: { end: 'expired', share: 0.5 },
};
