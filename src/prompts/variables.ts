import type { Item } from '../domain/item.ts';
import { fenceFor } from './fence.ts';

/** What a prompt for a model under test may show. */
export const RESPOND_VARIABLES = ['question', 'culture', 'language', 'category', 'scope'] as const;
/** What a rubric may show. */
export const JUDGE_VARIABLES = [...RESPOND_VARIABLES, 'reference', 'response', 'fence'] as const;

/** What a worked example of a task may show. */
export const SHOT_VARIABLES = [...RESPOND_VARIABLES, 'context', 'options', 'answer'] as const;
/** What a prompt for questions with a right answer may show. */
export const TASK_VARIABLES = [
  ...RESPOND_VARIABLES,
  'context',
  'options',
  'labels',
  'shots',
] as const;

export type RespondVariables = Readonly<Record<(typeof RESPOND_VARIABLES)[number], string>>;
export type JudgeVariables = Readonly<Record<(typeof JUDGE_VARIABLES)[number], string>>;

/** An item without scope gives '', so that `{{#if scope}}` leaves its sentence out. */
export function respondVariables(item: Item): RespondVariables {
  const { question, culture, language, category, scope } = item;
  return { question, culture, language, category, scope: scope ?? '' };
}

export function judgeVariables(item: Item, response: string): JudgeVariables {
  const { question, reference } = item;
  const fence = fenceFor({ question, reference, response });
  return { ...respondVariables(item), reference, response, fence };
}
