import type { InputProblem } from '../domain/errors.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { RuleScoring } from '../domain/solution.ts';
import {
  type ChoiceMethod,
  likelihoodSchema,
  optionSettingsSchema,
  type ShotSettings,
} from '../domain/task-settings.ts';
import type { TaskStyle } from '../prompts/task-style.ts';
import type { AskingSettings } from '../scorers/rule-scorer.ts';
import { ruleScorers } from '../scorers/rules.ts';
import type { ConfigAtHand } from './read-config.ts';
import { readTaskStyles } from './read-task-styles.ts';

/** A task as the config writes it: all its sources agree on how it is asked and scored. */
export interface WrittenTask {
  readonly name: string;
  readonly scoring: RuleScoring;
  readonly method: ChoiceMethod;
  readonly settings: AskingSettings;
  readonly styles: readonly TaskStyle[];
  readonly shots: ShotSettings | null;
  readonly sources: readonly ItemSource[];
  /** Position of its first source in the config. */
  readonly position: number;
}

/** The tasks of the config's sources, with their prompts read; problems are added. */
export function readTasks(
  hand: ConfigAtHand,
  sources: readonly ItemSource[],
  problems: InputProblem[],
): WrittenTask[] {
  const { items } = hand.loaded.config;
  const tasks = new Map<string, WrittenTask>();
  for (const [position, source] of items.entries()) {
    const { scoring = 'judge' } = source;
    if (scoring === 'judge') continue;
    const name = source.task ?? scoring;
    const known = tasks.get(name);
    if (known === undefined) {
      const task = { name, scoring, position, source };
      tasks.set(name, readTask(hand, task, { sources, problems }));
    } else if (asWritten(items[known.position]) !== asWritten(source)) {
      const message = `is of the task "${name}" like an earlier source, but is asked or scored otherwise; give it a \`task\` name of its own`;
      problems.push(hand.loaded.problemAt(['items', position], message));
    }
  }
  return [...tasks.values()];
}

interface FirstSource {
  readonly name: string;
  readonly scoring: RuleScoring;
  readonly position: number;
  readonly source: ItemSource;
}

function readTask(
  hand: ConfigAtHand,
  { name, scoring, position, source }: FirstSource,
  {
    sources,
    problems,
  }: { readonly sources: readonly ItemSource[]; readonly problems: InputProblem[] },
): WrittenTask {
  const entries = source.prompting ?? usualPrompting(source, scoring);
  const styles = readTaskStyles(hand, { position, entries }, problems);
  const bare = source.shots && styles.find(({ shot }) => shot === null);
  if (bare) {
    const message = `the prompt ${bare.name} has no template for examples: write ${bare.name}.shot.hbs beside it`;
    problems.push(hand.loaded.problemAt(['items', position, 'shots'], message));
  }
  return {
    ...{ name, scoring, position, styles },
    method: source.method ?? 'generate',
    settings: {
      options: source.options ?? optionSettingsSchema.parse({}),
      likelihood: source.likelihood ?? likelihoodSchema.parse({}),
    },
    shots: source.shots ?? null,
    sources: sources.filter((one) => one.scoring === scoring && (one.task ?? scoring) === name),
  };
}

/** The bundled prompts of a scoring; likelihoods are of what follows a prompt that ends in `Answer:`. */
function usualPrompting(
  { method, likelihood }: ItemSource,
  scoring: RuleScoring,
): readonly string[] {
  if (method !== 'loglikelihood') return ruleScorers[scoring].prompting;
  return likelihood?.of === 'text' ? ['cloze'] : ['lm-eval'];
}

function asWritten(source: ItemSource | undefined): string {
  const { scoring, prompting, options, shots, method, likelihood } = source ?? {};
  return JSON.stringify({ scoring, prompting, options, shots, method, likelihood });
}
