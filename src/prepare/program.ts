import type { Price } from '../config/schema.ts';
import type { Item } from '../domain/item.ts';
import type { ModelSpec } from '../domain/model-spec.ts';
import type { RunDefinition } from '../domain/run-definition.ts';
import type { RuleScoring } from '../domain/solution.ts';
import type { ChoiceMethod } from '../domain/task-settings.ts';
import type { VerdictSetting } from '../domain/verdict-setting.ts';
import type { Rubric } from '../prompts/rubric.ts';
import type { PromptStyle } from '../prompts/style.ts';
import type { TaskStyle } from '../prompts/task-style.ts';
import type { AskingSettings } from '../scorers/rule-scorer.ts';

/** A model or judge as it is asked. */
export interface Asked {
  readonly spec: ModelSpec;
  /** A parameter that it rejects fails the call; otherwise it is left out. */
  readonly strictParams: boolean;
  /** null where the config gives none: its calls then cost an unknown amount. */
  readonly price: Price | null;
}

/** A model of the run, with where it is asked; null for answers made elsewhere. */
export interface RunModel extends Asked {
  readonly endpoint: string | null;
  /** Only questions of these; null: all. */
  readonly cultures: readonly string[] | null;
  /** Answers made elsewhere, by item: the file's texts in order, at most `best` or the trials. */
  readonly recorded: RecordedAnswers | null;
}

/** Texts answered elsewhere to a question, best ranked first; empty where the file has none. */
export type RecordedAnswers = (item: {
  readonly id: string;
  readonly question: string;
}) => readonly string[];

export interface RunJudge extends Asked {
  readonly endpoint: string;
  /** How often a verdict without a rating is asked for again. */
  readonly reask: number;
  readonly verdict: VerdictSetting;
  /** Asks for token probabilities. */
  readonly expectedRating: boolean;
}

/** Whether a model is to answer questions of a culture. */
export function answers({ cultures }: Pick<RunModel, 'cultures'>, culture: string): boolean {
  return cultures === null || cultures.includes(culture);
}

/** A task's prompt with its place in the run's styles, and the worked examples before a question. */
export interface PlacedStyle {
  readonly position: number;
  readonly style: TaskStyle;
  readonly shotsOf: (item: Item) => string;
}

/** Questions that a rule scores, as they are asked. */
export interface RunTask {
  readonly name: string;
  readonly scoring: RuleScoring;
  readonly method: ChoiceMethod;
  readonly settings: AskingSettings;
  /** With their positions in the run's styles. */
  readonly styles: readonly PlacedStyle[];
  /** Positions in the run's scorers. */
  readonly scorers: readonly number[];
  /** Hash of its worked examples; null for none. */
  readonly shots: string | null;
}

/** Everything that executing a run needs beside endpoints and store. Positions match the definition. */
export interface RunProgram {
  readonly definition: RunDefinition;
  readonly models: readonly RunModel[];
  /** null: the style of answers made elsewhere. Those of tasks come last. */
  readonly styles: readonly (PromptStyle | null)[];
  readonly judges: readonly RunJudge[];
  readonly rubricOf: (category: string) => Rubric;
  /** By name. */
  readonly tasks: ReadonlyMap<string, RunTask>;
  readonly trials: { readonly responses: number; readonly judgments: number };
}
