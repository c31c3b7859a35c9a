import type { Contradictions, MissingCause } from '../../ports/run-archive.ts';
import type { RunSummary } from './schema.ts';

export interface MissingDetail {
  /** Of all runs together. */
  readonly missingCauses?: readonly MissingCause[];
  readonly contradictions?: Contradictions;
}

/** What a summary says of causes and contradictions: nothing where there are none. */
export function missingDetail({
  missingCauses = [],
  contradictions,
}: MissingDetail): Pick<RunSummary, 'missingCauses' | 'contradictions'> {
  const some = contradictions !== undefined && contradictions.rated + contradictions.unrated > 0;
  return {
    ...(missingCauses.length > 0 ? { missingCauses: [...missingCauses] } : {}),
    ...(some ? { contradictions } : {}),
  };
}
