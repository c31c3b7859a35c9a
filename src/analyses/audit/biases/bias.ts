import type { InputProblem } from '../../../domain/errors.ts';
import type { Item } from '../../../domain/item.ts';
import type { Prompt } from '../../../domain/prompt.ts';
import type { ConfigAtHand } from '../../../prepare/read-config.ts';
import type { Rubric } from '../../../prompts/rubric.ts';
import type { RatedTwice } from '../../../series/contrasts/paired-shift.ts';
import type { Observed, ObservedAnswer } from '../observed.ts';
import type { RewritingTask } from '../rewriting-task.ts';

/** An answer that is judged again under a change. */
export interface AuditAnswer {
  readonly item: Item;
  readonly answer: string;
  readonly cluster: string;
  /** What the judge has given it as it is; null where it was not asked. */
  readonly stored: number | null;
}

/** One change to what the judge reads, all else equal. */
export interface Change {
  readonly method: string;
  /** What has to be there first; null where all is. */
  readonly needs: string | null;
  /** The text that has to be rewritten first; null for a change that needs none. */
  readonly rewriting: {
    readonly task: RewritingTask;
    readonly of: (answer: AuditAnswer) => string | null;
  } | null;
  /** The changed prompt; null where the change does not apply to this answer. */
  readonly change: (answer: AuditAnswer, rewritten: string) => Prompt | null;
  /** What the shift alone does not say of the answers judged twice. */
  readonly note?: (answers: readonly RatedTwice[]) => string;
}

/** What a change is made from. Problems of the config's audit part are added. */
export interface ChangeSource {
  readonly config: ConfigAtHand;
  readonly rubricOf: (category: string) => Rubric;
  readonly problems: InputProblem[];
}

/** What ratings that exist already are read for. */
export interface ObservedEvidence {
  readonly observed: readonly ObservedAnswer[];
  /** The judge's family, as the config says. */
  readonly family: string | null;
  readonly judge: string;
}

/** A shift read from ratings that exist, or what it would need. */
export type ObservedShift = (Observed & { readonly method: string }) | { readonly needs: string };

interface BiasWords {
  /** Its name in tables and sentences. */
  readonly label: string;
  /** What is rated otherwise, as the end of "it rates …". */
  readonly effect: string;
}

/** A bias of a judge: measured by judging answers again under a change, or in ratings that exist. */
export type Bias = BiasWords &
  (
    | { readonly kind: 'changed'; readonly change: (source: ChangeSource) => Change }
    | { readonly kind: 'observed'; readonly observe: (evidence: ObservedEvidence) => ObservedShift }
  );

const REWRITING_NEEDS =
  'needs a helper model (`audit: { helper: { endpoint, model } }` in the config) or a file of texts (`audit: { texts: FILE }`)';

/** Whether the config says where rewritten texts come from. */
export function rewritingNeeds({ config }: ChangeSource): string | null {
  const { audit } = config.loaded.config;
  return audit?.helper || audit?.texts ? null : REWRITING_NEEDS;
}
