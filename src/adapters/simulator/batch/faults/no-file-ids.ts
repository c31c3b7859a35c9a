import type { BatchFault } from '../batch-fault.ts';

export const noFileIds: BatchFault = {
  what: 'completed without a line in either file: both ids are absent',
  results: () => [],
};
