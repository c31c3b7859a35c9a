/** How a rule's scoring of an answer ended. An unread answer is neither right nor wrong: it is counted apart. */
export const RULE_STATUSES = ['right', 'wrong', 'unread'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/** Of a choice: what was chosen, and where it and the right option stood. Positions count from 0. */
export interface ChoicePlaces {
  /** Position of the chosen option in the source's order; null where none could be read. */
  readonly chosen: number | null;
  /** Where the chosen option was shown. */
  readonly place: number | null;
  /** Where the right option was shown. */
  readonly goldPlace: number;
}

/** One scorer's outcome on one answer. */
export interface RuleJudgment {
  readonly status: RuleStatus;
  /** 0 to 1; null where the answer is unread. */
  readonly score: number | null;
  /** Why it is unread; null where it is not. */
  readonly cause: string | null;
  /** null for questions without options. */
  readonly places: ChoicePlaces | null;
  /** Figures beside the score, by name, such as the probability on the offered labels. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A scorer as a run used it. */
export interface ScorerDefinition {
  /** Stands where a judge's name would, also in selectors (%NAME). */
  readonly name: string;
  /** Equal keys: scored by the same rule. */
  readonly key: string;
  /** The task whose questions it scores, and which of its rule's figures it is. */
  readonly task: string;
  readonly scoring: string;
  readonly measure: string;
}
