import type { LabelledCompletion, PreferencePair } from './candidates.ts';
import type { TrainingRow } from './rows.ts';
import type { Selected, SelectionOptions } from './select.ts';
import type { SplitShares } from './split.ts';
import type { TrainerName } from './trainers/index.ts';
import type { Method } from './trainers/trainer.ts';

export interface PairsRequest extends SelectionOptions {
  readonly method: Method;
  readonly trainer: TrainerName;
  /** Only these cultures, and only questions whose association begins so; empty and null take all. */
  readonly cultures: readonly string[];
  readonly association: string | null;
  /** Questions that must not be trained on: a test set's. */
  readonly testQuestions: readonly string[];
  readonly split: SplitShares | null;
  /** Name of the file to write, without its folder. */
  readonly file: string;
}

/** What was chosen, as pairs or as completions. */
export interface Chosen {
  readonly pairs: readonly PreferencePair[];
  readonly completions: readonly LabelledCompletion[];
  readonly rows: readonly TrainingRow[];
  readonly left: Omit<Selected<unknown>, 'rows'>;
}
