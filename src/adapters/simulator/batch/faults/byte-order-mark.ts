import type { BatchFault } from '../batch-fault.ts';

export const byteOrderMark: BatchFault = {
  what: 'the output begins with a byte order mark',
  text: (output) => `\uFEFF${output}`,
};
