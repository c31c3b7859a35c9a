import { fingerprint } from '../domain/fingerprint.ts';
import type { Item } from '../domain/item.ts';
import type { ScorerDefinition } from '../domain/rule-judgment.ts';
import type { PromptStyle } from '../prompts/style.ts';
import { renderShots, type TaskStyle } from '../prompts/task-style.ts';
import { showOptions } from '../scorers/choice/shown-options.ts';
import type { AskingSettings } from '../scorers/rule-scorer.ts';
import { ruleScorers } from '../scorers/rules.ts';
import type { PlacedStyle, RunTask } from './program.ts';
import type { Shots } from './read-shots.ts';
import type { WrittenTask } from './read-tasks.ts';

interface PlacedTasks {
  readonly tasks: readonly RunTask[];
  readonly styles: readonly (PromptStyle | null)[];
  readonly scorers: readonly ScorerDefinition[];
}

type DrawnTask = Omit<WrittenTask, 'shots'> & { readonly shown: Shots };

/**
 * Puts the prompts of tasks behind the run's other styles, one that several tasks share once, and lists
 * the scorers. Where no model is asked, no prompt is needed.
 */
export function placeTasks(
  written: readonly DrawnTask[],
  {
    styles: shared,
    asked,
  }: { readonly styles: readonly (PromptStyle | null)[]; readonly asked: boolean },
): PlacedTasks {
  const styles = [...shared];
  const keys = new Map<string, number>();
  const scorers: ScorerDefinition[] = [];
  const place = (style: TaskStyle): number => {
    const key = styleKey(style);
    const known = keys.get(key);
    if (known !== undefined) return known;
    const taken = styles.some((other) => other?.name === style.name);
    const position =
      styles.push(taken ? { ...style, name: `${style.name} (${key.slice(0, 4)})` } : style) - 1;
    keys.set(key, position);
    return position;
  };
  const tasks = written.map((task): RunTask => {
    const { name, scoring, method, settings, shown } = task;
    const own = scorersOf(task);
    const first = scorers.length;
    scorers.push(...own);
    return {
      ...{ name, scoring, method, settings },
      shots: shown.fingerprint,
      styles: asked ? task.styles.map((style) => placed(task, style, place(style))) : [],
      scorers: own.map((_, index) => first + index),
    };
  });
  return { tasks, styles, scorers };
}

function placed({ shown, settings }: DrawnTask, style: TaskStyle, position: number): PlacedStyle {
  const rendered = new Map<readonly Item[], string>();
  const render = (shots: readonly Item[]) =>
    style.shot === null
      ? ''
      : renderShots(
          style.shot,
          shots.map((shot) => shotOf(shot, settings)),
        );
  return {
    ...{ position, style },
    shotsOf: (item) => {
      const shots = shown.of(item);
      const text = rendered.get(shots) ?? render(shots);
      rendered.set(shots, text);
      return text;
    },
  };
}

/** An example shows its options in the order of the source: which is right differs between examples. */
function shotOf(item: Item, { options }: AskingSettings) {
  const { solution } = item;
  if (solution?.scoring !== 'choice')
    return { shown: { item, options: [] }, answer: item.reference };
  const { offered } = showOptions(item, solution, { ...options, order: 'given', trial: 0 });
  return { shown: { item, options: offered }, answer: offered[solution.gold]?.label ?? '' };
}

function styleKey({ name, user, system, shot }: TaskStyle): string {
  return fingerprint([
    name,
    user.fingerprint,
    system?.fingerprint ?? null,
    shot?.fingerprint ?? null,
  ]);
}

/** One for each figure of the task's scoring. */
function scorersOf({ name, scoring, method, settings }: DrawnTask): ScorerDefinition[] {
  const { measures, version } = ruleScorers[scoring];
  const likelihood = method === 'loglikelihood' ? { ...settings.likelihood } : null;
  return measures.map((measure) => ({
    name: measure === '' ? name : `${name} (${measure})`,
    key: fingerprint({ scoring, measure, method, likelihood, version }),
    task: name,
    scoring,
    measure,
  }));
}
