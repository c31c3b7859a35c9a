import type { Item } from '../domain/item.ts';
import type { RuleJudgment } from '../domain/rule-judgment.ts';
import type { LikelihoodSettings, OptionSettings } from '../domain/task-settings.ts';
import type { TokenEvidence } from '../domain/token-evidence.ts';

/** How the questions of a task are put and read; what a scoring does not use is at its default. */
export interface AskingSettings {
  readonly options: OptionSettings;
  readonly likelihood: LikelihoodSettings;
}

/** An answer to be scored. */
export interface ScorableAnswer {
  readonly text: string;
  readonly evidence: TokenEvidence | null;
  readonly item: Item;
  /** Of the planned answer: it decides the order of options. */
  readonly trial: number;
  readonly settings: AskingSettings;
}

/** Scores answers to questions that have a right one, without a judge. */
export interface RuleScorer {
  /** Changes whenever the same answer may be scored otherwise. */
  readonly version: number;
  /** Bundled prompts of questions whose source names none. */
  readonly prompting: readonly string[];
  /** Names of its figures; the one of a scorer that has no other is ''. */
  readonly measures: readonly string[];
  /** One judgment a figure. */
  readonly score: (answer: ScorableAnswer) => readonly RuleJudgment[];
}
