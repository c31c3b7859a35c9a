import type { ResponseStatus } from '../domain/model-response.ts';
import type { RuleStatus } from '../domain/rule-judgment.ts';
import type { Solution } from '../domain/solution.ts';

/** One question's scores by a rule, 0 to 1, put together as those of judges are; `rated` counts the answers that it could read. */
export interface RuleScore {
  readonly model: number;
  readonly style: number;
  /** Position in the run's scorers. */
  readonly scorer: number;
  /** An ItemLabels position. */
  readonly item: number;
  /** Mean over its answers; null where none could be read. */
  readonly rating: number | null;
  readonly planned: number;
  readonly rated: number;
}

/** How a rule scored one planned answer, without its text. */
export interface RuleOutcome {
  readonly model: number;
  readonly style: number;
  readonly scorer: number;
  /** An ItemLabels position. */
  readonly item: number;
  readonly trial: number;
  readonly responseStatus: ResponseStatus | 'pending';
  readonly status: RuleStatus | 'pending';
  readonly score: number | null;
  readonly cause: string | null;
  /** Of a choice, from 0: the chosen option in the source's order, where it was shown, where the right one was. */
  readonly chosen: number | null;
  readonly place: number | null;
  readonly goldPlace: number | null;
  /** JSON: figures beside the score, by name. */
  readonly measures: string | null;
}

/** What a question with a right answer offers. */
export interface SolvedItem {
  /** An ItemLabels position. */
  readonly item: number;
  readonly solution: Solution;
}

/** Reads how rules scored answers. */
export interface RuleArchive {
  /** By question, as `questionScores`, of the answers that rules score. */
  ruleScores(runId: string): IterableIterator<RuleScore>;
  /** Every planned answer that rules score, by model, style and scorer. */
  ruleOutcomes(runId: string): IterableIterator<RuleOutcome>;
  /** The run's questions with a right answer. */
  solvedItems(runId: string): IterableIterator<SolvedItem>;
}
