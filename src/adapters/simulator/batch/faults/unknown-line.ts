import type { BatchFault } from '../batch-fault.ts';

export const unknownLine: BatchFault = {
  what: 'one more line, whose custom_id was never sent',
  results: (lines) => [
    ...lines,
    ...lines.slice(0, 1).map((line) => ({ ...line, custom_id: 'never-sent' })),
  ],
};
