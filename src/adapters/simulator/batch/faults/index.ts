import type { BatchFault } from '../batch-fault.ts';
import { absentLine } from './absent-line.ts';
import { allFailed } from './all-failed.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { cancelled } from './cancelled.ts';
import { content404 } from './content-404.ts';
import { cutLine } from './cut-line.ts';
import { doubledLine } from './doubled-line.ts';
import { expired } from './expired.ts';
import { fileQuota } from './file-quota.ts';
import { filteredLine } from './filtered-line.ts';
import { invalidLine } from './invalid-line.ts';
import { look401 } from './look-401.ts';
import { look503 } from './look-503.ts';
import { lostCreate } from './lost-create.ts';
import { lostUpload } from './lost-upload.ts';
import { noFileIds } from './no-file-ids.ts';
import { refusedLines } from './refused-lines.ts';
import { refusedParameter } from './refused-parameter.ts';
import { serverErrorLine } from './server-error-line.ts';
import { slow } from './slow.ts';
import { tokenLimitAtCreate } from './token-limit-at-create.ts';
import { tokenLimitLater } from './token-limit-later.ts';
import { unknownLine } from './unknown-line.ts';

/** Everything that can go wrong with files and batches, in the order in which a batch meets it. */
export const BATCH_FAULTS = {
  'lost-upload': lostUpload,
  'file-quota': fileQuota,
  'lost-create': lostCreate,
  'token-limit-at-create': tokenLimitAtCreate,
  'token-limit-later': tokenLimitLater,
  'invalid-line': invalidLine,
  'look-503': look503,
  'look-401': look401,
  slow,
  expired,
  cancelled,
  'no-file-ids': noFileIds,
  'content-404': content404,
  'cut-line': cutLine,
  'byte-order-mark': byteOrderMark,
  'absent-line': absentLine,
  'doubled-line': doubledLine,
  'unknown-line': unknownLine,
  'all-failed': allFailed,
  'server-error-line': serverErrorLine,
  'filtered-line': filteredLine,
  'refused-parameter': refusedParameter,
  'refused-lines': refusedLines,
} as const satisfies Record<string, BatchFault>;

export type BatchFaultName = keyof typeof BATCH_FAULTS;
