import type { BatchFault } from '../batch-fault.ts';

export const cancelled: BatchFault = {
  what: 'cancelled by somebody else, with half of its output',
  course: { end: 'cancelled', share: 0.5 },
};
