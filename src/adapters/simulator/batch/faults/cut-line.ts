import type { BatchFault } from '../batch-fault.ts';

export const cutLine: BatchFault = {
  what: 'the output ends in the middle of its last line',
  text: (output) => output.slice(0, -40),
};
