import type { BatchFault } from '../batch-fault.ts';

export const absentLine: BatchFault = {
  what: 'one line is in neither file',
  results: (lines) => lines.slice(1),
};
