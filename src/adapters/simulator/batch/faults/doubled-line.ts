import type { BatchFault } from '../batch-fault.ts';

export const doubledLine: BatchFault = {
  what: 'one line comes twice',
  results: (lines) => [...lines, ...lines.slice(0, 1)],
};
