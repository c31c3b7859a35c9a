import type { BatchFault } from '../batch-fault.ts';

export const slow: BatchFault = {
  what: 'in progress for forty looks, as a job of 30 hours',
  course: { looks: 40 },
};
