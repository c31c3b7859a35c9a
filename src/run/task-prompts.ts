import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { Solution } from '../domain/solution.ts';
import type { RunProgram, RunTask } from '../prepare/program.ts';
import { renderStyle } from '../prompts/style.ts';
import { renderTask } from '../prompts/task-style.ts';
import { ordersOf, showOptions } from '../scorers/choice/shown-options.ts';

/** One question as one call puts it; positions point into the run's definition. */
export interface AskedQuestion {
  readonly item: Item;
  readonly style: number;
  readonly trial: number;
}

/** The task of a question with a right answer. */
export function taskOf({ tasks }: RunProgram, { task: name }: Solution): RunTask {
  const task = tasks.get(name);
  if (!task) throw new Error(`the run has no task ${name}`);
  return task;
}

export function scorersOf(program: RunProgram, solution: Solution): readonly number[] {
  return taskOf(program, solution).scorers;
}

/** The prompts that a question is put with: those of its task, or the run's own. */
export function stylesOf(program: RunProgram, { solution }: Item): readonly number[] {
  if (solution !== undefined)
    return taskOf(program, solution).styles.map(({ position }) => position);
  const tasks = [...program.tasks.values()].flatMap(({ styles }) =>
    styles.map(({ position }) => position),
  );
  return program.styles.flatMap((style, position) =>
    style === null || tasks.includes(position) ? [] : position,
  );
}

/** Answers asked for with one prompt: the run's trials, each in every order of the options. */
export function askedTrials(program: RunProgram, { solution }: Item): number {
  const { responses } = program.trials;
  if (solution?.scoring !== 'choice') return responses;
  return responses * ordersOf(solution, taskOf(program, solution).settings.options);
}

/** What a call's key holds beside its prompt: nothing where the answer is the words of the reply. */
export function methodOf(program: RunProgram, { solution }: Item): { readonly method?: Json } {
  if (solution === undefined) return {};
  const { method, settings } = taskOf(program, solution);
  if (method === 'generate') return {};
  return { method: method === 'logprobs' ? method : [method, settings.likelihood.of] };
}

/** The prompt of a planned answer, the same whenever it is rendered. */
export function promptOf(program: RunProgram, { item, style, trial }: AskedQuestion): Prompt {
  const { solution } = item;
  if (solution === undefined) {
    const own = program.styles[style];
    if (!own) throw new Error(`the run has no prompt ${style}`);
    return renderStyle(own, item);
  }
  const { styles, settings } = taskOf(program, solution);
  const placed = styles.find(({ position }) => position === style);
  if (!placed) throw new Error(`the task ${solution.task} has no prompt ${style}`);
  const options =
    solution.scoring === 'choice'
      ? showOptions(item, solution, { ...settings.options, trial }).offered
      : [];
  return renderTask(placed.style, { item, options }, placed.shotsOf(item));
}

/** What the likelihood of each shown option is taken of: its label or its text. */
export function continuationsOf(
  program: RunProgram,
  { item, trial }: AskedQuestion,
): readonly string[] {
  const { solution } = item;
  if (solution?.scoring !== 'choice') throw new Error(`${item.id} offers no choice`);
  const { options, likelihood } = taskOf(program, solution).settings;
  return showOptions(item, solution, { ...options, trial }).offered.map((option) =>
    likelihood.of === 'label' ? option.label : option.text,
  );
}
